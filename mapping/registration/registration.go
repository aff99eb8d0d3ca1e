package registration

import "github.com/pijnpoort/pijnpoort/mapping/procedure"

// Registration is what is known of one patient's neuromodulation care. Dates are as
// in FHIR (YYYY, YYYY-MM, YYYY-MM-DD or an instant with offset); empty is not recorded.
type Registration struct {
	Patient       Patient        `json:"patient"`
	Indications   []Indication   `json:"indications,omitempty"`
	Procedures    []Procedure    `json:"procedures,omitempty"`
	Devices       []Device       `json:"devices,omitempty"`
	Measurements  []Measurement  `json:"measurements,omitempty"`
	Scores        []Score        `json:"scores,omitempty"`
	Responses     []Response     `json:"responses,omitempty"`
	Medications   []Medication   `json:"medications,omitempty"`
	Complications []Complication `json:"complications,omitempty"`
	Contacts      []Contact      `json:"contacts,omitempty"`
	Team          []Member       `json:"team,omitempty"`
	Costs         []Cost         `json:"costs,omitempty"`
	Judgements    []Judgement    `json:"judgements,omitempty"`
}

// Origin says what an item was taken from. It is part of every item.
type Origin struct {
	// Key is the same whenever the same thing is sent: "Patient" for the patient, who
	// is not named by it; else "Type/system|value" by the
	// resource's business identifier, else "Type/id"; "#part" where one resource
	// gives several items; "derived/..." for what is computed from several.
	Key string `json:"key"`
	// Version and Updated are meta.versionId and meta.lastUpdated of the resource:
	// an older version never replaces a newer one.
	Version string `json:"version,omitempty"`
	Updated string `json:"updated,omitempty"`
	// Clinic is the identifier ("system|value") of the organisation where it
	// happened, as far as the resource tells; empty is the clinic that sent it.
	Clinic string `json:"clinic,omitempty"`
	// Retracted: it was entered in error, and must be withdrawn where it was sent.
	Retracted bool `json:"retracted,omitempty"`
	// Basis are the keys of the resources that a derived item rests on, in their order:
	// with them it can be put right or fall.
	Basis []string `json:"basis,omitempty"`
}

// Identifier is a business identifier.
type Identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

// Coding is a code as it was sent, of a system we know; free words are never kept.
type Coding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

// Patient is the person. The identifiers serve to make pseudonyms, and leave in no other way.
type Patient struct {
	Origin
	Identifiers []Identifier `json:"identifiers,omitempty"` // BSN, then those of the sender in the order of the alphabet
	// Identity is the identifier that pseudonyms are made of, once one was chosen: it stays
	// so when others become known. It is kept apart from what is registered.
	Identity  Identifier `json:"-"`
	BirthDate string     `json:"birthDate,omitempty"`
	Gender    string     `json:"gender,omitempty"`   // male, female, other, unknown
	Deceased  string     `json:"deceased,omitempty"` // date, or "true" when only the fact is known
}

// Indication is a condition for which neuromodulation is meant or given.
type Indication struct {
	Origin
	Code      string   `json:"code"` // as mapping.Indication.Code: fbss, crps, ...
	Codings   []Coding `json:"codings,omitempty"`
	Confirmed bool     `json:"confirmed"`
	// ClinicalStatus is active, recurrence, relapse, inactive, remission or resolved; empty when not told.
	ClinicalStatus string `json:"clinicalStatus,omitempty"`
	Onset          string `json:"onset,omitempty"`
	Recorded       string `json:"recorded,omitempty"`
}

// ProcedureKind is what was done, in the words of the volume norms of chapter 3.
type ProcedureKind = procedure.Kind

// The kinds of procedures; see package procedure.
const (
	Trial       = procedure.Trial
	Implant     = procedure.Implant
	Generator   = procedure.Generator
	Revision    = procedure.Revision
	Replacement = procedure.Replacement
	Explant     = procedure.Explant
	// Unspecified: the data do not tell which; Procedure.Possible lists what it may be.
	Unspecified = procedure.Unspecified
)

// Procedure is an operative procedure, done or not.
type Procedure struct {
	Origin
	Kind ProcedureKind `json:"kind"`
	// Possible are the kinds that an Unspecified one may be, in the order above;
	// none when nothing is told.
	Possible []ProcedureKind `json:"possible,omitempty"`
	Modality string          `json:"modality,omitempty"` // SCS, DRG, ONS; empty when not told
	Status   string          `json:"status"`             // completed, in-progress, stopped, not-done, entered-in-error, unknown, ...
	Start    string          `json:"start,omitempty"`
	End      string          `json:"end,omitempty"` // of a period
	Codings  []Coding        `json:"codings,omitempty"`
	// Indications are keys of Indications, by reasonReference or reasonCode.
	Indications []string `json:"indications,omitempty"`
	// Devices are keys of Devices that were put in, exchanged or taken out.
	Devices   []string `json:"devices,omitempty"`
	Reasons   []Coding `json:"reasons,omitempty"`   // why it was revised, exchanged or taken out
	Specialty string   `json:"specialty,omitempty"` // of who did it: code of CodeSystem/intake; empty when not told
	Encounter string   `json:"encounter,omitempty"` // key of the contact: two procedures in one are one session
}

// Device is a neurostimulator or a part of one.
type Device struct {
	Origin
	Codings      []Coding `json:"codings,omitempty"`
	UDI          string   `json:"udi,omitempty"`    // device identifier (UDI-DI)
	Serial       string   `json:"serial,omitempty"` // leaves as a pseudonym only
	Manufacturer string   `json:"manufacturer,omitempty"`
	Model        string   `json:"model,omitempty"`
	Status       string   `json:"status,omitempty"` // of its use: active, completed, ...
	From         string   `json:"from,omitempty"`   // in use since
	Until        string   `json:"until,omitempty"`
}

// Measurement is a number that was measured or derived.
type Measurement struct {
	Origin
	Kind   string `json:"kind"`             // pain-nrs, pain-vas, bmi, opioid-dose, attacks
	Window string `json:"window,omitempty"` // of pain: intake, trial, before, off
	Site   string `json:"site,omitempty"`   // of pain: leg, back, arm, neck
	Date   string `json:"date,omitempty"`
	From   string `json:"from,omitempty"` // of a mean over days
	To     string `json:"to,omitempty"`
	Days   int    `json:"days,omitempty"` // of a mean: days with readings
	Value  string `json:"value"`          // exact decimal; the lower end of an interval
	High   string `json:"high,omitempty"` // the upper end, where the value is an interval
	Unit   string `json:"unit"`           // UCUM
	Method string `json:"method,omitempty"`
}

// Score is a score of a PROM.
type Score struct {
	Origin
	Instrument   string   `json:"instrument"` // gpe, sf12v1, ...
	Scale        string   `json:"scale"`      // total, pcs, ...
	Date         string   `json:"date,omitempty"`
	Value        string   `json:"value,omitempty"` // exact decimal; empty when not scoreable
	NotScoreable string   `json:"notScoreable,omitempty"`
	Unit         string   `json:"unit,omitempty"`
	Rule         string   `json:"rule"`
	Moment       string   `json:"moment,omitempty"` // of its course: baseline, trial, 6-months, year-1, ...
	Responses    []string `json:"responses"`        // keys of Responses
}

// Response is a completed questionnaire: its answers as numbers and codes only.
type Response struct {
	Origin
	Questionnaire string   `json:"questionnaire"` // canonical of our form of the instrument
	Status        string   `json:"status"`
	Date          string   `json:"date,omitempty"`
	Answers       []Answer `json:"answers"`
}

// Answer is the answer to one item of our form. Free words are not kept.
type Answer struct {
	LinkID string  `json:"linkId"`
	Number string  `json:"number,omitempty"` // exact decimal
	Coding *Coding `json:"coding,omitempty"`
	Truth  *bool   `json:"truth,omitempty"`
	Date   string  `json:"date,omitempty"`
	Time   string  `json:"time,omitempty"`
}

// Medication is the use of a medicine that the standpunt asks about.
type Medication struct {
	Origin
	Codings  []Coding `json:"codings"` // ATC before others
	Group    string   `json:"group"`   // opioid, anticoagulant, neuropathic, ...
	Status   string   `json:"status"`
	From     string   `json:"from,omitempty"`
	Until    string   `json:"until,omitempty"`
	DailyMED string   `json:"dailyMed,omitempty"` // mg morphine a day, of an opioid alone, where known
}

// Complication is an adverse event of the treatment.
type Complication struct {
	Origin
	Kind       string   `json:"kind"` // lead-migration, lead-fracture, infection, pocket-pain, hardware, dural-puncture, neurological, other
	Codings    []Coding `json:"codings,omitempty"`
	Date       string   `json:"date,omitempty"`
	Serious    *bool    `json:"serious,omitempty"`
	Device     string   `json:"device,omitempty"`    // key of a Device
	Procedure  string   `json:"procedure,omitempty"` // key of a Procedure
	ResolvedOn string   `json:"resolvedOn,omitempty"`
}

// Contact is a visit or contact of aftercare.
type Contact struct {
	Origin
	Kind string `json:"kind"` // visit, contact
	Role string `json:"role,omitempty"`
	Date string `json:"date,omitempty"`
}

// Member is a role filled in the team that sets the indication. It names nobody.
type Member struct {
	Origin
	Role string `json:"role"`
}

// Cost is an amount that was charged or paid.
type Cost struct {
	Origin
	Kind     string `json:"kind"` // material, treatment, unspecified
	Date     string `json:"date,omitempty"`
	Amount   string `json:"amount"` // exact decimal
	Currency string `json:"currency"`
	Device   string `json:"device,omitempty"` // key of a Device, of material
}

// Judgement is a verdict by the standpunt, as validation.Verdict gives it.
type Judgement struct {
	Origin
	Standpunt  string    `json:"standpunt"` // version
	AsOf       string    `json:"asOf"`
	Phase      string    `json:"phase"`
	Verdict    string    `json:"verdict"`
	Indication string    `json:"indication,omitempty"` // code; empty for what stands above indications
	Modality   string    `json:"modality,omitempty"`
	Outcomes   []Outcome `json:"outcomes"`
	Missing    []string  `json:"missing,omitempty"` // facts
}

// Outcome is what came of one criterion.
type Outcome struct {
	Criterion string `json:"criterion"`
	Outcome   string `json:"outcome"` // met, not-met, unknown, not-applicable
}
