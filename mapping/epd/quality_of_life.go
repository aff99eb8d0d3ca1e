package epd

import (
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

// settleQualityOfLife takes the SF-12 components before and after switching off from
// the completed questionnaires: before is the latest up to and including off-start, but
// not from before the implantation; off the latest after it, up to off-end or, while
// the system is still off, the as-of day.
func (m *mapper) settleQualityOfLife() {
	start, known := m.earliest("off-start")
	if !known {
		return
	}
	started, _ := m.latest("off-start")
	end, ended := m.earliest("off-end")
	if !ended {
		end = m.AsOf
	}
	implanted, _ := m.latest("implant-date")
	scores := m.sf12()
	before := latestLife(scores, implanted, start)
	off := latestLife(scores, started+1, min(end, m.AsOf))
	if before != nil {
		m.takeLife("sf12-before-", before)
	}
	switch {
	case off == nil:
	case before != nil && before.instrument != off.instrument:
		m.issues = append(m.issues, fhir.Issue{
			Severity: fhir.SeverityWarning, Code: "not-supported", Resource: off.components[0].Response(), Path: "questionnaire",
			Reason: "another version of the SF-12 than before switching off: the two do not compare",
		})
	default:
		m.takeLife("sf12-off-", off)
	}
}

// life is what one SF-12 says: both components.
type life struct {
	instrument *prom.Instrument
	components []*prom.Scored
	day        mapping.Date
}

// sf12 are the SF-12s that can be scored and that the patient filled in, in the order
// of the chart.
func (m *mapper) sf12() []life {
	result := prom.Score(m.chart, m.PROM)
	var list []life
	for i := range result.Scores {
		s := &result.Scores[i]
		if !strings.HasPrefix(s.Instrument.ID, "sf12") || s.Value == nil || s.Day.Text == "" || !m.byPatient(s.Responses[0]) {
			continue
		}
		if last := len(list) - 1; last >= 0 && list[last].components[0].Responses[0] == s.Responses[0] && list[last].instrument == s.Instrument {
			list[last].components = append(list[last].components, s)
			continue
		}
		list = append(list, life{s.Instrument, []*prom.Scored{s}, s.Day})
	}
	return list
}

// latestLife is the latest that lies within the days, both included; of two on one day
// the later in the chart.
func latestLife(list []life, from, to mapping.Day) (latest *life) {
	for i := range list {
		l := &list[i]
		if l.day.First >= from && l.day.Last <= to && (latest == nil || l.day.Last >= latest.day.Last) {
			latest = l
		}
	}
	return latest
}

// takeLife adds the components as facts, and says which responses they come from.
func (m *mapper) takeLife(fact string, l *life) {
	for _, s := range l.components {
		value := mapping.Exactly(s.Value)
		if stated := m.statedAlike(fact+s.Scale.Name, s.Value); stated != nil {
			value = *stated
		}
		for _, r := range s.Responses {
			for _, e := range m.responses {
				if e.resource == r {
					m.add(e, fact+s.Scale.Name, mapping.NumberValue(value, mapping.Evidence{
						Resource: e.title(), Path: "item", Value: mapping.FormatRat(s.Value), Date: r.Authored.Text, Via: s.Rule}))
				}
			}
		}
	}
}

// statedAlike is a value of a fact that a form states and that is the computed one,
// rounded to the decimals it is written in. One that differs contradicts it.
func (m *mapper) statedAlike(fact string, computed *big.Rat) *mapping.Number {
	for _, v := range m.record.Fact(fact).Values {
		if !v.Number.IsExact() {
			continue
		}
		_, fraction, _ := strings.Cut(mapping.FormatRat(v.Number.Low), ".")
		half := big.NewRat(1, 2)
		for range fraction {
			half.Quo(half, big.NewRat(10, 1))
		}
		difference := new(big.Rat).Sub(v.Number.Low, computed)
		if difference.Abs(difference).Cmp(half) <= 0 {
			return &v.Number
		}
	}
	return nil
}
