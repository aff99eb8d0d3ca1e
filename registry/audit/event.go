package audit

import (
	"cmp"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// Kind is what happened: a code of CodeSystem/audit-event.
type Kind string

// The kinds of events.
const (
	Received  Kind = "received"   // data came in, and was kept
	Read      Kind = "read"       // somebody read what is kept of a patient
	Advised   Kind = "advised"    // somebody had a patient judged
	Scored    Kind = "scored"     // somebody had questionnaires of a patient scored
	Bundled   Kind = "bundled"    // somebody had the bundle for a registry made of a patient
	Delivered Kind = "delivered"  // data went to a registry
	Withdrawn Kind = "withdrawn"  // a registry was told to withdraw data
	Failed    Kind = "failed"     // a delivery was given up
	Queued    Kind = "queued"     // deliveries of all patients to a registry were queued
	Redriven  Kind = "redriven"   // a delivery that was given up was queued anew
	Cancelled Kind = "cancelled"  // a delivery was cancelled
	OptedOut  Kind = "opted-out"  // the patient objects to delivery
	OptedIn   Kind = "opted-in"   // he took it back
	Merged    Kind = "merged"     // two patients turned out to be one
	Erased    Kind = "erased"     // all that was kept of a patient is gone
	Expired   Kind = "expired"    // what had served was removed
	Reported  Kind = "reported"   // a report was made of all patients
	BackedUp  Kind = "backed-up"  // all that is kept was written to a file or another database
	Restored  Kind = "restored"   // all that is kept was read from one
	Resealed  Kind = "resealed"   // identifiers were sealed with another key
	LogRead   Kind = "log-read"   // somebody read the log
	LogTested Kind = "log-tested" // somebody verified the log
	LogMarked Kind = "log-marked" // the end of the log was signed, to be kept elsewhere
)

// Party is a person, a program or an organisation.
type Party struct {
	System, Value string // identifier
	// Address is a name of a machine, an IP address or a URL without query; may be empty.
	Address string
	// Human: a person, who asked for it.
	Human bool
}

// Object is what it was done with, beside the patient.
type Object struct {
	Kind          string // resource type, such as Bundle; may be empty
	System, Value string // identifier
	// Details are numbers of what was done, by name; never data of the patient.
	Details []Detail
}

// Detail is a number of something.
type Detail struct {
	Name  string
	Value string
}

// Outcome is how it ended; empty is success.
type Outcome string

// The outcomes, of http://hl7.org/fhir/audit-event-outcome.
const (
	Success Outcome = "success"
	Minor   Outcome = "minor-failure"
	Serious Outcome = "serious-failure"
)

// Event is something that happened.
type Event struct {
	Kind    Kind
	Patient string // id in the store; empty when it is about none or about all
	// At is when it happened; zero is now.
	At time.Time
	// Agent is who did it; the program itself when empty.
	Agent Party
	// User is the person for whom an agent that is a program did it; may be empty.
	User Party
	// Recipient is to whom data went.
	Recipient Party
	Objects   []Object
	Outcome   Outcome
	// Purposes are codes of v3-ActReason beside that of the kind.
	Purposes []string
	Trace    string // W3C traceparent
}

// The code systems of AuditEvents.
const (
	dicom        = "http://dicom.nema.org/resources/ontology/DCM"
	eventTypes   = "http://terminology.hl7.org/CodeSystem/audit-event-type"
	interactions = "http://hl7.org/fhir/restful-interaction"
	lifecycle    = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle"
	entityTypes  = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
	entityRoles  = "http://terminology.hl7.org/CodeSystem/object-role"
	sourceTypes  = "http://terminology.hl7.org/CodeSystem/security-source-type"
	reasons      = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
	balpEntities = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType"
	participants = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
	kindSystem   = mapping.CanonicalBase + "/CodeSystem/audit-event"
	patterns     = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
)

// Systems of identifiers in AuditEvents.
const (
	PatientSystem  = mapping.CanonicalBase + "/sid/stored-patient"
	SendingSystem  = mapping.CanonicalBase + "/sid/sending"
	DeliverySystem = mapping.CanonicalBase + "/sid/delivery"
	SoftwareSystem = mapping.CanonicalBase + "/sid/software"
	UserSystem     = mapping.CanonicalBase + "/sid/user"
	ReportSystem   = mapping.CanonicalBase + "/sid/stored-report"
	TargetSystem   = mapping.CanonicalBase + "/sid/target"
	ServiceSystem  = mapping.CanonicalBase + "/sid/service" // of decision services, operations and pages
	KeySystem      = mapping.CanonicalBase + "/sid/key"     // of keys that sign
	traceSystem    = mapping.CanonicalBase + "/sid/traceparent"
)

// coding is a code in a system.
type coding struct{ system, code string }

// form is how events of a kind look.
type form struct {
	pattern  string // of IHE BALP; empty where there is none
	class    coding // AuditEvent.type
	subtypes []coding
	action   string
	purpose  string // of v3-ActReason
	nl, en   string // in words
}

// access are the kinds in which somebody who asks is told of a patient: the agent is the one
// who gets the data, as in the pattern of reading. That pattern is for what succeeded.
var access = map[Kind]bool{Read: true, Advised: true, Scored: true, Bundled: true}

// operation is how operations on data of a patient are told: as reading what they answer.
var operation = []coding{{interactions, "read"}, {interactions, "operation"}}

// The classes of DICOM and FHIR.
var (
	restful = coding{eventTypes, "rest"}
	record  = coding{dicom, "110110"} // Patient Record
	export  = coding{dicom, "110106"}
	load    = coding{dicom, "110107"} // Import
	logUsed = coding{dicom, "110101"}
	query   = coding{dicom, "110112"}
)

// forms has a line for every kind.
var forms = map[Kind]form{
	Received:  {"PatientCreate", restful, []coding{{interactions, "create"}}, "C", "HQUALIMP", "Gegevens ontvangen en bewaard", "Data received and kept"},
	Read:      {"PatientRead", restful, []coding{{interactions, "read"}}, "R", "HQUALIMP", "Gegevens ingezien", "Data read"},
	Advised:   {"PatientRead", restful, operation, "R", "TREAT", "Gegevens beoordeeld voor een advies", "Data judged for advice"},
	Scored:    {"PatientRead", restful, operation, "R", "TREAT", "Vragenlijsten gescoord", "Questionnaires scored"},
	Bundled:   {"PatientRead", restful, operation, "R", "HQUALIMP", "Bundel voor een registratie gemaakt", "Bundle for a registry made"},
	Delivered: {"PrivacyDisclosure.Source", export, []coding{{lifecycle, "disclose"}}, "R", "HQUALIMP", "Gegevens verstrekt aan een registratie", "Data delivered to a registry"},
	Withdrawn: {"PrivacyDisclosure.Source", export, []coding{{lifecycle, "disclose"}, {lifecycle, "deprecate"}}, "R", "HQUALIMP", "Verstrekte gegevens ingetrokken", "Delivered data withdrawn"},
	Failed:    {"", export, []coding{{lifecycle, "disclose"}}, "E", "HQUALIMP", "Verstrekking opgegeven", "Delivery given up"},
	Queued:    {"", record, nil, "E", "HQUALIMP", "Verstrekking van alle patiënten in gang gezet", "Deliveries of all patients queued"},
	Redriven:  {"", record, nil, "U", "HQUALIMP", "Verstrekking opnieuw in gang gezet", "Delivery taken up again"},
	Cancelled: {"", record, nil, "U", "HQUALIMP", "Verstrekking geannuleerd", "Delivery cancelled"},
	OptedOut:  {"", record, nil, "U", "PATRQT", "Bezwaar tegen verstrekking vastgelegd", "Objection to delivery noted"},
	OptedIn:   {"", record, nil, "U", "PATRQT", "Bezwaar tegen verstrekking ingetrokken", "Objection to delivery taken back"},
	Merged:    {"", record, []coding{{lifecycle, "merge"}}, "U", "HQUALIMP", "Twee patiënten bleken dezelfde en zijn samengevoegd", "Two patients were one, and merged"},
	Erased:    {"", record, []coding{{lifecycle, "destroy"}}, "D", "PATRQT", "Alle gegevens van de patiënt gewist", "All data of the patient erased"},
	Expired:   {"", record, []coding{{lifecycle, "destroy"}}, "D", "HSYSADMIN", "Gegevens verwijderd na hun bewaartermijn", "Data removed after its term"},
	Reported:  {"", query, nil, "E", "HQUALIMP", "Overzicht over alle patiënten gemaakt", "Report made over all patients"},
	BackedUp:  {"", export, []coding{{lifecycle, "archive"}}, "E", "HSYSADMIN", "Reservekopie of verhuizing van alle gegevens", "All data backed up or moved"},
	Restored:  {"", load, []coding{{lifecycle, "restore"}}, "E", "HSYSADMIN", "Gegevens teruggezet", "Data restored"},
	Resealed:  {"", record, []coding{{lifecycle, "encrypt"}}, "U", "HSYSADMIN", "Identificaties met een nieuwe sleutel verzegeld", "Identifiers sealed with a new key"},
	LogRead:   {"", logUsed, nil, "R", "HSYSADMIN", "Logboek ingezien", "Log read"},
	LogTested: {"", logUsed, nil, "R", "HSYSADMIN", "Logboek gecontroleerd", "Log verified"},
	LogMarked: {"", logUsed, nil, "E", "HSYSADMIN", "Einde van het logboek ondertekend", "End of the log signed"},
}

// Kinds are all kinds, in the order of the alphabet.
func Kinds() []Kind {
	var list []Kind
	for k := range forms {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b Kind) int { return cmp.Compare(a, b) })
	return list
}
