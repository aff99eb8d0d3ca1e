package neuromodulation

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// referral is a consult that a criterion asks for when it is not met.
type referral struct {
	criterion string
	performer encode.Coding
	label     standpunt.Text
}

var referrals = []referral{
	{"psychiatric-referral", encode.Coding{System: "http://snomed.info/sct", Code: "394587001", Display: "Psychiatry"},
		standpunt.Text{NL: "Verwijzen naar een psychiater", EN: "Refer to a psychiatrist"}},
	{"agreement-3-psychology-all", encode.Coding{System: mapping.IntakeSystem, Code: "clinical-psychologist"},
		standpunt.Text{NL: "Verwijzen naar de klinische psychologie", EN: "Refer to clinical psychology"}},
}

// suggestions create as drafts what is lacking: the consults that criteria ask for,
// and tasks to fill in the forms that ask the missing data.
func (w *writer) suggestions() ([]cdshooks.Suggestion, error) {
	var list []cdshooks.Suggestion
	for _, r := range referrals {
		c := w.notMet(r.criterion)
		if c == nil {
			continue
		}
		label := r.label.In(w.call.Language)
		s, err := suggest(label, &encode.Referral{
			ID: uuid.NewString(), Subject: w.subject(), Encounter: w.encounter(), Code: label, Performer: r.performer,
			Reason: c.Title, Conditions: w.conditions(), AuthoredOn: encode.Date(w.record.AsOf.String()),
		})
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	for _, f := range w.forms() {
		label := f.label.In(w.call.Language)
		s, err := suggest(label, &encode.FormTask{
			ID: uuid.NewString(), For: w.subject(), Encounter: w.encounter(), Description: label,
			Questionnaire: f.canonical, AuthoredOn: encode.Date(w.record.AsOf.String()),
		})
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// suggest makes a suggestion that creates one resource.
func suggest(label string, resource encode.Resource) (cdshooks.Suggestion, error) {
	document, err := encode.JSON(resource)
	if err != nil {
		return cdshooks.Suggestion{}, err
	}
	return cdshooks.Suggestion{Label: label, Actions: []cdshooks.Action{
		{Type: "create", Description: label, Resource: document}}}, nil
}

func (w *writer) notMet(id string) *validation.Criterion {
	criteria := w.criteria()
	for i := range criteria {
		if criteria[i].ID == id && criteria[i].Outcome == kleene.NotMet {
			return &criteria[i]
		}
	}
	return nil
}

func (w *writer) subject() string { return "Patient/" + w.chart.Patient.ID }

func (w *writer) encounter() string {
	if w.call.Context.EncounterID == "" {
		return ""
	}
	return "Encounter/" + w.call.Context.EncounterID
}

// conditions are the Conditions for which neuromodulation is judged.
func (w *writer) conditions() []string {
	var list []string
	for _, judged := range w.verdict.Indications {
		for _, recorded := range w.record.Indications {
			if recorded.Code != judged.Indication {
				continue
			}
			for _, e := range recorded.Evidence {
				if strings.HasPrefix(e.Resource, "Condition/") && !slices.Contains(list, e.Resource) {
					list = append(list, e.Resource)
				}
			}
		}
	}
	return list
}

// form is a Questionnaire to have filled in.
type form struct {
	canonical string
	label     standpunt.Text
}

// formLabels ask for the forms of the sections.
var formLabels = map[string]standpunt.Text{
	mapping.SectionGeneral.Questionnaire():   {NL: "Intakegegevens neuromodulatie laten aanvullen", EN: "Have the intake data for neuromodulation completed"},
	mapping.SectionTrial.Questionnaire():     {NL: "Gegevens van de proefperiode laten aanvullen", EN: "Have the data of the trial completed"},
	mapping.SectionAftercare.Questionnaire(): {NL: "Gegevens van de nazorg laten aanvullen", EN: "Have the data of the aftercare completed"},
	mapping.SectionDoubt.Questionnaire():     {NL: "Gegevens van de uitzetperiode laten aanvullen", EN: "Have the data of the period switched off completed"},
}

// intakeScores asks for the form of the trial before there is one: it asks the pain
// scores at intake too.
var intakeScores = standpunt.Text{NL: "Pijnscores bij intake laten vastleggen", EN: "Have the pain scores at intake recorded"}

// forms are those that ask the data that are missing; none when whatever they would say
// changes nothing.
func (w *writer) forms() []form {
	if w.verdict.Verdict == validation.NotEligible || w.verdict.Verdict == validation.NotCovered {
		return nil
	}
	var list []form
	for _, m := range w.verdict.Missing {
		definition, _, _ := mapping.DefinitionOf(m.Fact)
		if definition == nil {
			continue
		}
		canonical := definition.Section.Questionnaire()
		label, ok := formLabels[canonical]
		if definition.Section == mapping.SectionTrial && (w.verdict.Phase == validation.Referral || w.verdict.Phase == validation.Preparation) {
			label = intakeScores
		}
		if ok && !slices.ContainsFunc(list, func(f form) bool { return f.canonical == canonical }) {
			list = append(list, form{canonical, label})
		}
	}
	return list
}
