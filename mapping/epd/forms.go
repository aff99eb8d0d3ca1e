package epd

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// forms are our own questionnaires, by canonical.
var forms = func() map[string]bool {
	list := make(map[string]bool)
	for i := range mapping.Definitions {
		list[mapping.Definitions[i].Section.Questionnaire()] = true
	}
	return list
}()

var centreForm = mapping.SectionCentre.Questionnaire()

// answerForms reads every response to a form that matters. All of them count, so
// that answers may contradict each other; only a response that was amended gives
// way to its amendment, which has the same id.
func (m *mapper) answerForms() {
	for _, e := range m.responses {
		r := e.resource.(*fhir.QuestionnaireResponse)
		form := mapping.FormOf(canonical(r.Questionnaire))
		instrument := instruments[form]
		switch {
		case !forms[form] && instrument == "" && form != canonical(m.IntakeForm):
			e.ignore("questionnaire", "not one of the questionnaires that are read")
		case r.Status != "completed" && r.Status != "amended":
			e.ignore("status", statusReason(r.Status))
		case m.later(r.Authored):
			e.ignore("authored", afterAsOf)
		case r.Status != "amended" && m.amended(r):
			e.ignore("status", "amended by another version of it")
		case forms[form]:
			m.form(e, r, form)
		case instrument != "":
			m.instrument(e, r, instrument)
		case !m.byPatient(r):
			e.ignore("source", "not filled in by the patient")
		default:
			m.add(e, "intake-questionnaire", mapping.CodeValue("completed", e.says("questionnaire", r.Questionnaire, r.Authored.Text)))
		}
	}
}

func (m *mapper) amended(r *fhir.QuestionnaireResponse) bool {
	for _, e := range m.responses {
		other := e.resource.(*fhir.QuestionnaireResponse)
		if other != r && r.ID != "" && other.ID == r.ID && other.Status == "amended" && !m.later(other.Authored) {
			return true
		}
	}
	return false
}

// byPatient reports whether the patient filled in a response, as far as is stated.
func (m *mapper) byPatient(r *fhir.QuestionnaireResponse) bool {
	if r.Source == nil || r.Source.Type == "Patient" {
		return true
	}
	switch m.chart.Resolve(r, *r.Source).(type) {
	case *fhir.Patient:
		return true
	case nil:
		_, key := fhir.SplitReference(r.Source.Reference)
		return r.Source.Reference == "" && r.Source.Type == "" || strings.HasPrefix(key, "Patient/")
	}
	return false
}

// form is the reading of one response to a form of ours.
type form struct {
	*mapper
	entry    *entry
	response *fhir.QuestionnaireResponse
	centre   bool
	bare     bool // groups without an answer mean their indication as well
	ends     []ends
	room     []mapping.Evidence // of the answers, allocated some at a time
}

func (m *mapper) form(e *entry, r *fhir.QuestionnaireResponse, canonical string) {
	f := &form{mapper: m, entry: e, response: r, centre: canonical == centreForm}
	if f.centre && !f.organization() {
		e.ignore("subject", "not about a pain centre")
		return
	}
	f.bare = !anyGroup(r.Item)
	f.items(r.Item)
	f.intervals()
	e.ignore("item", "no answer that can be read")
}

// organization notes which centre the answers are about.
func (f *form) organization() bool {
	subject := f.response.Subject
	name := subject.Reference
	if org, ok := f.chart.Resolve(f.response, subject).(*fhir.Organization); ok {
		f.use(org)
		name = fhir.Name(org)
	} else if _, key := fhir.SplitReference(name); strings.HasPrefix(key, "Organization/") {
		name = key
	} else if name != "" && subject.Type != "Organization" {
		return false
	}
	f.record.Organization = name
	return true
}

var conditions = func() map[string]bool {
	list := make(map[string]bool)
	for _, c := range mapping.AllConditions {
		list[c] = true
	}
	return list
}()

// anyGroup reports whether the group of some indication holds an answer.
func anyGroup(items []fhir.ResponseItem) bool {
	for i := range items {
		it := &items[i]
		if conditions[it.LinkID] && answered(it) || anyGroup(it.Item) {
			return true
		}
	}
	return false
}

func answered(it *fhir.ResponseItem) bool {
	if len(it.Answer) > 0 {
		return !copied(it)
	}
	for i := range it.Item {
		if answered(&it.Item[i]) {
			return true
		}
	}
	return false
}

// copied reports whether the answers to an item are copies, put there for information.
func copied(it *fhir.ResponseItem) bool { return fhir.Find(it.Extension, fhir.AnswerSource) != nil }

// items reads items wherever they nest.
func (f *form) items(items []fhir.ResponseItem) {
	for i := range items {
		f.item(&items[i])
	}
}

func (f *form) item(it *fhir.ResponseItem) {
	definition, id, end := mapping.DefinitionOf(it.LinkID)
	switch {
	case copied(it):
		f.issue(f.entry, fhir.SeverityInformation, "informational", "item["+it.LinkID+"]", "a copy of what another resource says, which is read there")
		return
	case definition != nil && (definition.Section == mapping.SectionCentre) != f.centre && id != "agreement-party":
		f.unknownItem(it)
	case definition != nil && definition.Kind == 0:
		f.group(it, definition)
		return
	case definition != nil:
		for i := range it.Answer {
			f.answer(it, i, definition, id, end)
		}
	case conditions[it.LinkID] && !f.centre:
		if f.bare || answered(it) {
			f.mean(f.entry, it.LinkID, nameIn(it.Item), f.evidence("item["+it.LinkID+"]", it.LinkID, it.LinkID))
		}
	default:
		f.unknownItem(it)
	}
	f.items(it.Item)
	for i := range it.Answer {
		f.items(it.Answer[i].Item)
	}
}

// nameIn is the name of a condition on neither list, as answered.
func nameIn(items []fhir.ResponseItem) string {
	for i := range items {
		if items[i].LinkID == "other.name" && len(items[i].Answer) > 0 {
			return items[i].Answer[0].Value.String
		}
		if name := nameIn(items[i].Item); name != "" {
			return name
		}
	}
	return ""
}

// unknownItem lists an item that is not ours; one that only holds others is no loss.
func (f *form) unknownItem(it *fhir.ResponseItem) {
	if len(it.Answer) > 0 || len(it.Item) == 0 {
		f.unknown = append(f.unknown, mapping.Unmapped{Resource: f.entry.title(), Path: "item[" + it.LinkID + "]"})
	}
}

func (f *form) evidence(path, value, linkID string) mapping.Evidence {
	e := f.entry.says(path, value, f.response.Authored.Text)
	e.Via = "item " + linkID
	return e
}
