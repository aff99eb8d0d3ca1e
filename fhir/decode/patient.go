package decode

import (
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// onePatient finds the patient that a chart is about and takes out what is
// about somebody or something else. It fails when there are several patients.
func onePatient(c *fhir.Chart) error {
	if err := setPatient(c); err != nil {
		return err
	}
	c.Index()
	if c.Repeats() {
		newestVersions(c)
	}
	others := subjects{keys: map[string]bool{}}
	others.know(c.Patient)
	resources := c.Resources[:0]
	for _, resource := range c.Resources {
		path, reason, skip := others.fate(c, resource)
		if reason == "" {
			resources = append(resources, resource)
			continue
		}
		origin := resource.Head().Origin
		fate := fhir.Fate{Resource: fhir.Name(resource), Path: origin.Path + "." + path, Reason: reason}
		if resource.Head().ID == "" {
			fate.Resource = origin.Path
		}
		if skip {
			c.Skipped = append(c.Skipped, fate)
		} else {
			c.Rejected = append(c.Rejected, fate)
		}
	}
	if len(resources) < len(c.Resources) {
		clear(c.Resources[len(resources):])
		c.Resources = resources
		c.Index()
	}
	if len(others.keys) > 1 {
		return &Error{Source: c.Source, Entry: -1, Code: codeConflict,
			Reason: "is about " + strconv.Itoa(len(others.keys)) + " patients, none of whom came along; one chart is about one patient"}
	}
	return nil
}

// setPatient sets the patient of the chart. The same id twice is one patient.
func setPatient(c *fhir.Chart) error {
	keys := map[string]bool{}
	nameless := 0 // without id and fullUrl
	for _, resource := range c.Resources {
		p, ok := resource.(*fhir.Patient)
		if !ok {
			continue
		}
		if c.Patient == nil {
			c.Patient = p
		}
		switch {
		case p.ID != "":
			keys[p.ID] = true
		case p.Origin.FullURL != "":
			keys[p.Origin.FullURL] = true
		default:
			nameless++
		}
	}
	if n := len(keys) + nameless; n > 1 {
		return &Error{Source: c.Source, Entry: -1, Code: codeConflict,
			Reason: "holds " + strconv.Itoa(n) + " patients; one chart is about one patient"}
	}
	return nil
}

// about are the elements that say whom a resource is about.
func about(resource fhir.Resource) (element string, subject *fhir.Reference) {
	switch r := resource.(type) {
	case *fhir.Condition:
		return "subject", &r.Subject
	case *fhir.Observation:
		return "subject", &r.Subject
	case *fhir.Procedure:
		return "subject", &r.Subject
	case *fhir.AllergyIntolerance:
		return "patient", &r.Patient
	case *fhir.ImagingStudy:
		return "subject", &r.Subject
	case *fhir.DiagnosticReport:
		return "subject", &r.Subject
	case *fhir.MedicationStatement:
		return "subject", &r.Subject
	case *fhir.MedicationRequest:
		return "subject", &r.Subject
	case *fhir.CareTeam:
		return "subject", &r.Subject
	case *fhir.Encounter:
		return "subject", &r.Subject
	case *fhir.QuestionnaireResponse:
		return "subject", &r.Subject
	case *fhir.ServiceRequest:
		return "subject", &r.Subject
	case *fhir.DeviceRequest:
		return "subject", &r.Subject
	case *fhir.DeviceUseStatement:
		return "subject", &r.Subject
	case *fhir.Device:
		return "patient", &r.Patient
	case *fhir.AdverseEvent:
		return "subject", &r.Subject
	case *fhir.ChargeItem:
		return "subject", &r.Subject
	case *fhir.GuidanceResponse:
		return "subject", &r.Subject
	case *fhir.Appointment:
		return "participant", r.Patient()
	}
	return "", nil
}

// subjects is what is known of the patient while the resources are gone through.
type subjects struct {
	keys        map[string]bool // patients that resources name when no Patient came along
	identifiers map[fhir.Identifier]bool
	systems     map[string]bool // of the identifiers
	// patient is a reference that led to the chart's Patient, as most do that follow.
	patient string
}

// know takes in the identifiers of the patient, who may be nil.
func (s *subjects) know(patient *fhir.Patient) {
	if patient == nil {
		return
	}
	s.identifiers, s.systems = map[fhir.Identifier]bool{}, map[string]bool{}
	for _, identifier := range patient.Identifier {
		if identifier.System != "" && identifier.Value != "" {
			s.identifiers[identifier] = true
			s.systems[identifier.System] = true
		}
	}
}

// contradicts reports whether the patient has, in a system of these
// identifiers, only other values.
func (s *subjects) contradicts(identifiers []fhir.Identifier) bool {
	other := false
	for _, identifier := range identifiers {
		if s.identifiers[identifier] {
			return false
		}
		other = other || identifier.Value != "" && s.systems[identifier.System]
	}
	return other
}

// AnotherPatient is the reason for which resources about somebody else are rejected.
const AnotherPatient = "about another patient"

// fate says why a resource does not belong in the chart, and whether it is to
// be skipped rather than rejected; reason is "" when it belongs.
func (s *subjects) fate(c *fhir.Chart, resource fhir.Resource) (path, reason string, skip bool) {
	path, subject := about(resource)
	if subject == nil || *subject == (fhir.Reference{}) {
		return "", "", false
	}
	if subject.Identifier == nil && subject.Reference == s.patient && s.patient != "" {
		return "", "", false
	}
	target := c.Resolve(resource, *subject)
	if p, ok := target.(*fhir.Patient); ok && p == c.Patient && subject.Identifier == nil && subject.Reference[0] != '#' {
		s.patient = subject.Reference
		return "", "", false
	}
	kind := subjectKind(*subject, target)
	switch {
	case kind == "Organization" && resource.Type() == "QuestionnaireResponse":
		return "", "", false
	case kind != "" && kind != "Patient":
		if !fhirTypes[kind] {
			return path, "not about a patient", true
		}
		return path, "about a " + kind + ", not about a patient", true
	}
	if p, ok := target.(*fhir.Patient); ok && s.contradicts(p.Identifier) {
		return path, AnotherPatient, false
	}
	if subject.Identifier != nil && s.contradicts([]fhir.Identifier{*subject.Identifier}) {
		return path, AnotherPatient, false
	}
	if target != nil || subject.Reference == "" {
		return "", "", false
	}
	if c.Patient == nil {
		s.keys[patientKey(subject.Reference)] = true
		return "", "", false
	}
	if id, ok := strings.CutPrefix(subject.Reference, "urn:uuid:"); ok && id == c.Patient.ID {
		return "", "", false
	}
	return path, AnotherPatient, false
}

// subjectKind is the resource type that a subject is of, as far as it can be told.
func subjectKind(subject fhir.Reference, target fhir.Resource) string {
	if target != nil {
		return target.Type()
	}
	_, key := fhir.SplitReference(subject.Reference)
	if kind, _, ok := strings.Cut(key, "/"); ok && fhirTypes[kind] {
		return kind
	}
	return subject.Type
}

// patientKey makes references to one patient equal: without version, and
// without server, so that a relative one equals an absolute one.
func patientKey(reference string) string {
	_, key := fhir.SplitReference(reference)
	return key
}
