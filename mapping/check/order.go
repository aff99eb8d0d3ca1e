package check

import (
	"github.com/pijnpoort/pijnpoort/mapping"
)

// order is a pair of dates of which one cannot come before the other. When they
// are the wrong way round the facts in suspect are not to be relied on.
type order struct {
	earlier, later string
	suspect        []string
}

var orders = []order{
	{"birth-date", "pain-onset", []string{"pain-onset"}},
	{"birth-date", "crps.crps-onset", []string{"crps.crps-onset"}},
	{"birth-date", "existing-implant", []string{"existing-implant"}},
	{"birth-date", "implant-date", []string{"implant-date"}},
	{"trial-start", "trial-end", []string{"trial-start", "trial-end"}},
	{"off-start", "off-end", []string{"off-start", "off-end"}},
}

// dates takes out what lies in an impossible order. Partial dates are given the
// benefit of the doubt; where a fact holds several values, those that fit none
// of the other fact are out of order.
func (c *checker) dates() {
	for _, o := range orders {
		earlier, later := c.record.Fact(o.earlier), c.record.Fact(o.later)
		if len(earlier.Values) == 0 {
			continue
		}
		wrong := func(late *mapping.Value) bool {
			for i := range earlier.Values {
				if earlier.Values[i].Date.First <= late.Date.Last {
					return false
				}
			}
			return true
		}
		if !anyOf(later, wrong) {
			continue
		}
		reason := o.later + " lies before " + o.earlier
		for _, id := range o.suspect {
			suspect := c.record.Fact(id)
			c.keep(suspect, func(v *mapping.Value) bool { return id == o.later && !wrong(v) }, reason)
		}
	}
}

func anyOf(fact *mapping.Fact, is func(*mapping.Value) bool) bool {
	for i := range fact.Values {
		if is(&fact.Values[i]) {
			return true
		}
	}
	return false
}
