package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
)

// report accounts for everything that came in.
func (m *mapper) report() {
	r := &m.record.Report
	r.Received = m.chart.Received()
	for i := range m.entries {
		if m.entries[i].used {
			r.Used++
		}
	}
	r.Ignored = append(make([]fhir.Fate, 0, r.Received-r.Used-len(m.chart.Rejected)), m.chart.Skipped...)
	r.Rejected = append(make([]fhir.Fate, 0, len(m.chart.Rejected)), m.chart.Rejected...)
	r.Unmapped = m.unknown
	r.Issues = append(append(make([]fhir.Issue, 0, len(m.chart.Issues)+len(m.issues)), m.chart.Issues...), m.issues...)
	for i := range m.entries {
		e := &m.entries[i]
		if e.used {
			continue
		}
		if e.reason == "" {
			e.reason = noFact
		}
		r.Ignored = append(r.Ignored, fhir.Fate{Resource: e.title(), Path: e.path, Reason: e.reason})
	}
}
