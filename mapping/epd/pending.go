package epd

import "github.com/pijnpoort/pijnpoort/mapping"

// pending is a value that belongs to every one of some indications that the
// record turns out to hold.
type pending struct {
	entry *entry
	fact  string // without the indication
	value mapping.Value
	of    []string
}

func (m *mapper) pend(e *entry, fact string, v mapping.Value, of ...string) {
	m.pending = append(m.pending, pending{e, fact, v, of})
}

func (m *mapper) settlePending() {
	for _, p := range m.pending {
		for _, indication := range p.of {
			if m.means(indication) {
				m.add(p.entry, indication+"."+p.fact, p.value)
			}
		}
		p.entry.ignore("", "it matters only to an indication that the record does not hold")
	}
}
