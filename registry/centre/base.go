package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Base is what a volume counts. The standpunt leaves open what the norms count (reading
// A36), so that all bases are computed.
type Base string

// The bases. All count different patients, but the two of implantations.
const (
	Operative              Base = "unique-operated"
	OperativeWithExplant   Base = "unique-operated-with-explant"
	OperativeWithGenerator Base = "unique-operated-with-generator"
	Applied                Base = "unique-applied"
	AppliedOperative       Base = "unique-applied-without-generator"
	UnderTreatment         Base = "under-treatment"
	New                    Base = "new-patients"
	HistoryUnknown         Base = "history-unknown"
	Implantations          Base = "implantations"
	ImplantationsSCS       Base = "implantations-scs"
	ONS                    Base = "unique-ons"
	ONSOperative           Base = "unique-ons-operated"
)

// baseDefinition says what a base is.
type baseDefinition struct {
	Base    Base
	measure string
	unit    Unit
	Words   standpunt.Text
	// kinds and modality choose procedures; a patient with one counts. Empty kinds are
	// counted by a rule of their own.
	kinds    []registration.ProcedureKind
	modality string
}

var (
	electrodes = []registration.ProcedureKind{registration.Trial, registration.Implant, registration.Revision}
	anything   = append(electrodes[:3:3], registration.Generator, registration.Replacement)
)

// bases are all bases, in the order in which they are shown.
var bases = []baseDefinition{
	{Operative, "nm-volume-n20", OfPatients, standpunt.Text{NL: "patiënten met plaatsing van een elektrode of operatieve revisie", EN: "patients with placement of an electrode or surgical revision"}, electrodes, ""},
	{OperativeWithExplant, "nm-volume-n20", OfPatients, standpunt.Text{NL: "idem, verwijdering telt mee", EN: "the same, removal counts"}, append(electrodes[:3:3], registration.Explant), ""},
	{OperativeWithGenerator, "nm-volume-n20", OfPatients, standpunt.Text{NL: "idem, een eerste batterij op een liggende elektrode telt mee", EN: "the same, a first generator on an electrode in place counts"}, append(electrodes[:3:3], registration.Generator), ""},
	{Applied, "nm-volume-n50", OfPatients, standpunt.Text{NL: "patiënten bij wie neuromodulatie is toegepast, batterijen tellen mee", EN: "patients in whom neuromodulation was applied, generators count"}, anything, ""},
	{AppliedOperative, "nm-volume-n50", OfPatients, standpunt.Text{NL: "idem, zonder batterijen", EN: "the same, without generators"}, electrodes, ""},
	{UnderTreatment, "nm-volume-n50", OfPatients, standpunt.Text{NL: "patiënten met een systeem in het lichaam, in enig deel van het jaar", EN: "patients with a system in place during any part of the year"}, nil, ""},
	{New, "nm-volume-new", OfPatients, standpunt.Text{NL: "nieuwe patiënten: geen eerdere neuromodulatie bekend", EN: "new patients: no earlier neuromodulation known"}, nil, ""},
	{HistoryUnknown, "nm-volume-new", OfPatients, standpunt.Text{NL: "patiënten van wie niet bekend is of zij nieuw zijn", EN: "patients of whom it is not known whether they are new"}, nil, ""},
	{Implantations, "nm-volume-n50", OfProcedures, standpunt.Text{NL: "implantaties: proef met of zonder definitieve plaatsing, plaatsing zonder proef, revisie", EN: "implantations: trial with or without definitive placement, placement without trial, revision"}, nil, ""},
	{ImplantationsSCS, "nm-volume-n50", OfProcedures, standpunt.Text{NL: "idem, alleen SCS", EN: "the same, SCS only"}, nil, ""},
	{ONS, "nm-volume-ons", OfPatients, standpunt.Text{NL: "patiënten met ONS", EN: "patients with ONS"}, anything, "ONS"},
	{ONSOperative, "nm-volume-ons", OfPatients, standpunt.Text{NL: "idem, zonder batterijen", EN: "the same, without generators"}, electrodes, "ONS"},
}

// BaseWords says in words what a base counts.
func BaseWords(b Base, lang string) string {
	for _, d := range bases {
		if d.Base == b {
			return d.Words.In(lang)
		}
	}
	return string(b)
}

// counts says whether a procedure makes its patient count.
func (d *baseDefinition) counts(p *procedure) kleene.Truth {
	truth := kleene.And(p.done, p.is(d.kinds...))
	if d.modality == "" {
		return truth
	}
	if p.Modality == "" {
		return kleene.And(truth, kleene.Unknown)
	}
	return kleene.And(truth, kleene.Of(p.Modality == d.modality))
}
