package epd

import "github.com/pijnpoort/pijnpoort/mapping"

// settleDates lets a partial date and a more precise one that lies in it be one
// date, with the evidence for both: "2023" does not contradict "2023-05-01".
func (m *mapper) settleDates() {
	for id, f := range m.record.Facts {
		if len(f.Values) < 2 || f.Values[0].Kind != mapping.Dated {
			continue
		}
		if definition, _, _ := mapping.DefinitionOf(id); definition == nil || definition.Repeats {
			continue
		}
		for i := 0; i < len(f.Values); i++ {
			if into := narrower(f.Values, i); into >= 0 {
				f.Values[into].Evidence = append(f.Values[into].Evidence, f.Values[i].Evidence...)
				f.Values = append(f.Values[:i], f.Values[i+1:]...)
				i--
			}
		}
	}
}

// narrower is the place of a date that lies wholly within the one at i, or -1.
func narrower(values []mapping.Value, i int) int {
	for j := range values {
		a, b := values[i].Date, values[j].Date
		if j != i && a.First <= b.First && b.Last <= a.Last {
			return j
		}
	}
	return -1
}
