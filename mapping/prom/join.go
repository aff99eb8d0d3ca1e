package prom

import "github.com/pijnpoort/pijnpoort/mapping"

// join puts the parts of an instrument together that were filled in as several
// responses: readings of the same instrument and the same local day, all of
// them incomplete, no item answered in more than one. Anything else stays
// apart. The joined reading stands where its first part stood.
func join(readings []*reading) []*reading {
	type key struct {
		instrument *Instrument
		day        mapping.Day
	}
	groups := make(map[key][]*reading)
	for _, r := range readings {
		if r.day.Text != "" && r.day.IsExact() && r.refused == "" && !r.complete() {
			k := key{r.instrument, r.day.First}
			groups[k] = append(groups[k], r)
		}
	}
	absorbed := make(map[*reading]bool)
	for _, parts := range groups {
		if len(parts) < 2 || !disjoint(parts) {
			continue
		}
		for _, part := range parts[1:] {
			parts[0].absorb(part)
			absorbed[part] = true
		}
	}
	var out []*reading
	for _, r := range readings {
		if !absorbed[r] {
			out = append(out, r)
		}
	}
	return out
}

func (r *reading) complete() bool {
	for k := range r.cells {
		if item := &r.instrument.Items[k]; !r.cells[k].filled && !item.Optional && item.Kind != Words {
			return false
		}
	}
	return true
}

func disjoint(parts []*reading) bool {
	for item := range parts[0].cells {
		filled := 0
		for _, p := range parts {
			if p.cells[item].filled {
				filled++
			}
		}
		if filled > 1 {
			return false
		}
	}
	return true
}

func (r *reading) absorb(part *reading) {
	r.responses = append(r.responses, part.responses...)
	for k := range part.cells {
		if part.cells[k].filled {
			r.cells[k] = part.cells[k]
		}
	}
	for name, s := range part.stored {
		if mine := r.stored[name]; mine != nil {
			mine.differs = mine.differs || mine.value.Cmp(s.value) != 0
			continue
		}
		r.stored[name] = s
	}
}
