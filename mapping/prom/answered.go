package prom

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Answered is what one response says on one instrument, item by item, whatever the
// form it was given in.
type Answered struct {
	Instrument *Instrument
	Response   *fhir.QuestionnaireResponse
	// Values holds a value per item of the instrument, in its order: of an option its
	// value, of a time of day the hours since midnight, of a duration as the item's
	// kind says. Nil where there is none that can be understood; free words have none.
	Values []*big.Rat
	// Unclear lists the items that were answered but have no value.
	Unclear []string
}

// answered is the reading of one response without what scoring needs beside it.
func (r *reading) answered() Answered {
	a := Answered{Instrument: r.instrument, Response: r.responses[0], Values: make([]*big.Rat, len(r.cells))}
	for k := range r.cells {
		c := &r.cells[k]
		a.Values[k] = c.value
		if c.filled && c.value == nil {
			a.Unclear = append(a.Unclear, r.instrument.Items[k].ID)
		}
	}
	return a
}
