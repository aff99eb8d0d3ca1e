package epd

import (
	"math"
	"math/big"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// surgery is an operation on the spine at a known level.
type surgery struct {
	entry       *entry
	level       string // fbss: lumbar, fnss: cervical
	first, last mapping.Day
	evidence    mapping.Evidence
}

// anyDay is when something without a date may have been, first.
const anyDay = mapping.Day(math.MinInt32)

func (m *mapper) surgery(e *entry, p *fhir.Procedure, level string, f *finding) {
	_, at := performed(p)
	s := surgery{entry: e, level: level, first: anyDay, last: m.AsOf, evidence: e.tells("code", f, at.Text)}
	if date, ok := mapping.DateOf(at); ok {
		s.first, s.last = date.First, date.Last
	}
	m.surgeries = append(m.surgeries, s)
}

// pastSurgery takes a statement that there was surgery once.
func (m *mapper) pastSurgery(e *entry, level string, f *finding, date string) {
	m.surgeries = append(m.surgeries, surgery{e, level, anyDay, m.AsOf, e.tells("code", f, date)})
}

func (m *mapper) surgeryHistory(e *entry, s state, f *finding) {
	switch s.certainty {
	case confirmed:
		m.pastSurgery(e, "fbss", f, s.date)
	case refuted:
		e.ignore("verificationStatus", "refuted")
	default:
		e.ignore("verificationStatus", "not confirmed")
	}
}

// settleSurgeries counts operations per level. What is recorded is the least
// there was; records may be incomplete, so the number is open upwards.
func (m *mapper) settleSurgeries() {
	for _, level := range []string{"fbss", "fnss"} {
		count, evidence := m.operations(level)
		if count == 0 || !m.means(level) {
			continue
		}
		for _, s := range m.surgeries {
			s.entry.used = s.entry.used || s.level == level
		}
		m.narrow(level+".spine-surgeries", mapping.Number{Low: big.NewRat(count, 1)}, evidence...)
	}
	for _, s := range m.surgeries {
		s.entry.ignore("", "it matters only to an indication that the record does not hold")
	}
}

// operations is how many operations at least lie behind the procedures: those
// that may have been on the same day may be one.
func (m *mapper) operations(level string) (count int64, evidence []mapping.Evidence) {
	var list []surgery
	for _, s := range m.surgeries {
		if s.level == level {
			list = append(list, s)
			evidence = append(evidence, s.evidence)
		}
	}
	slices.SortStableFunc(list, func(a, b surgery) int { return int(a.last) - int(b.last) })
	until := anyDay
	for i, s := range list {
		if i == 0 || s.first > until {
			count++
			until = s.last
		}
	}
	return count, evidence
}
