package epd

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

const questionnaireBase = mapping.CanonicalBase + "/Questionnaire/"

// instruments are the questionnaires of annex 1, by canonical.
var instruments = func() map[string]string {
	list := make(map[string]string)
	for _, code := range []string{"gpe", "sf12v1", "sf12v2", "nrs", "bpi", "odi", "ndi", "hads", "pcs", "psqi"} {
		list[questionnaireBase+code] = code
	}
	return list
}()

// instrument takes that the patient completed an instrument.
func (m *mapper) instrument(e *entry, r *fhir.QuestionnaireResponse, code string) {
	if !m.byPatient(r) {
		e.ignore("source", "not filled in by the patient")
		return
	}
	date, ok := mapping.DateOf(r.Authored)
	if !ok {
		e.ignore("authored", "no date")
		return
	}
	evidence := e.says("questionnaire", r.Questionnaire, r.Authored.Text)
	m.record.Instruments = append(m.record.Instruments, mapping.Instrument{Code: code, Date: date, Evidence: evidence})
	m.add(e, "proms-completed", mapping.DateValue(date, evidence))
}

// required says which instruments apply before implantation: one of each row.
var required = [][]string{{"sf12v1", "sf12v2"}, {"nrs"}, {"bpi"}, {"hads"}, {"pcs"}, {"psqi"}}

// disability is the instrument that applies to an indication only.
var disability = []struct{ indication, instrument string }{{"fbss", "odi"}, {"fnss", "ndi"}}

// settleProms states that the set was completed when each instrument that
// applies was, before implantation. Fewer leave it unknown.
func (m *mapper) settleProms() {
	slices.SortStableFunc(m.record.Instruments, func(a, b mapping.Instrument) int {
		if d := int(a.Date.First) - int(b.Date.First); d != 0 {
			return d
		}
		return strings.Compare(a.Code, b.Code)
	})
	rows := required
	for _, d := range disability {
		if m.means(d.indication) {
			rows = append(slices.Clip(rows), []string{d.instrument})
		}
	}
	implanted, _ := m.earliest("implant-date")
	var evidence []mapping.Evidence
	for _, row := range rows {
		found := false
		for _, i := range m.record.Instruments {
			if slices.Contains(row, i.Code) && i.Date.First < implanted {
				evidence = append(evidence, i.Evidence)
				found = true
			}
		}
		if !found {
			return
		}
	}
	m.record.Add("proms", mapping.CodeValue("completed", evidence...))
}
