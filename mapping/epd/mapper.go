package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Options are what a record depends on beside the chart.
type Options struct {
	// AsOf is the day the record is about; what happened on it still counts.
	AsOf mapping.Day
	// Terminology says what codes mean; nil is the one we ship.
	Terminology *terminology.Terminology
	// MEDTable names the table of opioid factors; empty is "nl-2019".
	MEDTable string
	// IntakeForm is the canonical of the form that the patient fills in at
	// intake; empty is ours, Questionnaire/intakevragenlijst.
	IntakeForm string
	// PROM says how questionnaires are recognised and scored; the zero value knows
	// our own forms.
	PROM prom.Config
}

const (
	defaultMEDTable   = "nl-2019"
	defaultIntakeForm = mapping.CanonicalBase + "/Questionnaire/intakevragenlijst"
)

// Map makes the record of a chart as of a day. It never fails: what cannot be
// used is told in the report, where received = used + ignored + rejected.
func Map(chart *fhir.Chart, options Options) *mapping.Record {
	if options.Terminology == nil {
		options.Terminology = terminology.Embedded()
	}
	if options.MEDTable == "" {
		options.MEDTable = defaultMEDTable
	}
	if options.IntakeForm == "" {
		options.IntakeForm = defaultIntakeForm
	}
	m := &mapper{
		Options: options,
		chart:   chart,
		entries: make([]entry, len(chart.Resources)),
		pool:    make([]finding, 0, 16),
		unknown: make([]mapping.Unmapped, 0, 8),
		record: &mapping.Record{
			Source: chart.Source,
			AsOf:   options.AsOf,
			Facts:  make(map[string]*mapping.Fact, 56),
		},
	}
	for i, r := range chart.Resources {
		m.entries[i].resource = r
	}
	for i := range m.entries {
		m.pool = m.pool[:0]
		m.read(&m.entries[i])
	}
	m.settle()
	m.report()
	return m.record
}

// mapper is the work on one chart. Facts that depend on one resource are taken
// as it is read; the members below keep what can be decided only when all have been.
type mapper struct {
	Options
	chart   *fhir.Chart
	record  *mapping.Record
	entries []entry
	index   map[fhir.Resource]*entry // filled by entryOf
	pool    []finding                // room for the findings of one resource
	issues  []fhir.Issue
	unknown []mapping.Unmapped

	sites      limbs // of CRPS
	levelless  []unstatedLevel
	components levels // what speaks for a level of the spine
	surgeries  []surgery
	electrodes []placing // with or without a generator
	generators []placing
	onsets     []onset
	pending    []pending
	statements []statement
	died       []death
	strangers  []stranger

	bleeding   []mapping.Evidence // use of anticoagulants
	thinners   []*entry           // the resources behind bleeding
	opioids    []opioid.Use
	opioidUses []opioidUse
	readings   []reading
	told       telling
	body       body
	images     []image
	attacks    []attacks
	requests   []*entry
	responses  []*entry
}

// read takes from one resource what it says by itself.
func (m *mapper) read(e *entry) {
	switch r := e.resource.(type) {
	case *fhir.Patient:
		m.patient(e, r)
	case *fhir.Condition:
		m.condition(e, r)
	case *fhir.Observation:
		m.observation(e, r)
	case *fhir.MedicationStatement:
		m.medicationStatement(e, r)
	case *fhir.MedicationRequest:
		m.medicationRequest(e, r)
	case *fhir.AllergyIntolerance:
		m.allergy(e, r)
	case *fhir.Procedure:
		m.procedure(e, r)
	case *fhir.ImagingStudy:
		m.imagingStudy(e, r)
	case *fhir.DiagnosticReport:
		m.diagnosticReport(e, r)
	case *fhir.DeviceUseStatement:
		m.deviceUse(e, r)
	case *fhir.CareTeam:
		m.careTeam(e, r)
	case *fhir.Encounter:
		m.encounter(e, r)
	case *fhir.Appointment:
		m.appointment(e, r)
	case *fhir.ServiceRequest:
		m.requests = append(m.requests, e)
		m.enclosed(e, r.Status, r.AuthoredOn, r.ReasonReference)
	case *fhir.DeviceRequest:
		m.requests = append(m.requests, e)
		m.enclosed(e, r.Status, r.AuthoredOn, r.ReasonReference)
	case *fhir.QuestionnaireResponse:
		m.responses = append(m.responses, e)
	default:
		e.ignore("", "nothing that was used refers to it")
	}
}

// settle decides what depends on several resources. The order matters: answers
// may mean an indication, which decides where medication and treatment belong.
func (m *mapper) settle() {
	m.answerForms()
	m.settleImplantations()
	m.settleDeath()
	m.settleLevels()
	m.settleRequests()
	m.settleOnsets()
	m.settleSites()
	m.settleSurgeries()
	m.settleImages()
	m.settleStatements()
	m.settlePending()
	m.settleDates()
	m.settleAnticoagulants()
	m.settleOpioids()
	m.settleBody()
	m.settleTrial()
	m.settleAttacks()
	m.settlePain()
	m.settleQualityOfLife()
	m.settleProms()
	m.settleMeetings()
	m.settleTeam()
}
