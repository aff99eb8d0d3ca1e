package centre

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// Norms are the norms of chapter 3 and of the agreement of annex 3, with the verdict on
// the centre.
type Norms struct {
	// Verdict is compliant, cooperation-required, not-compliant or needs-data.
	Verdict   validation.Conclusion `json:"verdict"`
	Standpunt string                `json:"standpunt"` // version
	// Criteria are those of the verdict; Missing is what they lack.
	Criteria []validation.Criterion   `json:"criteria"`
	Missing  []validation.MissingFact `json:"missing"`
	// Norms are the numbers: every base that a norm can be read to count.
	Norms []Norm `json:"norms"`
	// Disagreements are numbers that the centre stated and the data do not bear out.
	Disagreements []Disagreement `json:"disagreements"`
}

// Norm is a norm on a number, with what was counted.
type Norm struct {
	Criterion string `json:"criterion"` // of the catalogue
	Least     int    `json:"least"`
	Volume
	// Decides: the verdict rests on this base; others show what another reading gives.
	Decides bool `json:"decides"`
	// Outcome holds the count, as far as it is certain, against the norm.
	Outcome kleene.Outcome `json:"outcome"`
	// Joint: the agreement of annex 3 counts its parties together; it binds them only.
	Joint bool `json:"joint,omitempty"`
}

// Disagreement is a stated number that is not the one computed.
type Disagreement struct {
	Fact     string `json:"fact"`
	Stated   string `json:"stated"`
	Computed string `json:"computed"`
}

// norms are the norms with the bases that they can be read to count; the first is the one
// of which a fact of the verdict is computed.
var norms = []struct {
	criterion string
	least     int
	fact      string // linkId of the form of the centre
	bases     []Base
}{
	{"centre-volume-20", 20, "patients-operative", []Base{Operative, OperativeWithExplant, OperativeWithGenerator}},
	{"centre-volume-50-cooperation", 50, "patients-applied", []Base{Applied, AppliedOperative, UnderTreatment}},
	{"centre-ons-10", 10, "ons-patients", []Base{ONS, ONSOperative}},
	{"agreement-v1-volume", 20, "", []Base{New}},
	{"agreement-v1-volume", 50, "", []Base{Implantations, ImplantationsSCS}},
}

// norms counts, states the counts as facts of the centre, and has the centre judged.
func (c *computation) norms(r *Report) Norms {
	record, other := c.record()
	out := Norms{Norms: []Norm{}, Disagreements: append([]Disagreement{}, other...)}
	for _, n := range norms {
		decisive := n.bases[0]
		if decisive == Operative {
			decisive = c.base()
		}
		for _, base := range n.bases {
			one := Norm{Criterion: n.criterion, Least: n.least, Volume: r.Volume(c.Year, "", base), Decides: n.fact != "" && base == decisive, Joint: n.fact == ""}
			one.Outcome = c.outcomeOf(one)
			out.Norms = append(out.Norms, one)
			if one.Decides {
				out.Disagreements = append(out.Disagreements, state(record, n.fact, one)...)
			}
		}
	}
	judging := c.Judging
	judging.Phase = validation.Centre
	verdict := validation.Judge(record, judging)
	out.Verdict, out.Standpunt, out.Criteria, out.Missing = verdict.Verdict, verdict.Standpunt, verdict.Criteria, verdict.Missing
	return out
}

// outcomeOf compares the whole interval of a count with its norm; while the year runs, too
// few is not known yet.
func (c *computation) outcomeOf(n Norm) kleene.Outcome {
	switch kleene.AtLeast(n.Number(), mapping.Int(int64(n.Least)).Low) {
	case kleene.True:
		return kleene.Met
	case kleene.False:
		if c.AsOf >= mapping.NewDay(c.Year, 12, 31) {
			return kleene.NotMet
		}
	}
	return kleene.Undecided
}

// record is a copy of what the centre stated, about this year. What it stated about another
// year says nothing of this one, and is left out.
func (c *computation) record() (*mapping.Record, []Disagreement) {
	record := &mapping.Record{AsOf: c.AsOf, Organization: c.Name, Facts: map[string]*mapping.Fact{}}
	year := mapping.NumberValue(mapping.Int(int64(c.Year)), computed("year"))
	var disagreements []Disagreement
	if c.Attestation != nil {
		for _, v := range c.Attestation.Fact("year").Values {
			if !v.Number.Equal(year.Number) {
				disagreements = append(disagreements, Disagreement{"year", v.String(), year.String()})
			}
		}
	}
	if c.Attestation != nil && disagreements == nil {
		for id, fact := range c.Attestation.Facts {
			record.Facts[id] = &mapping.Fact{ID: id, Values: slices.Clone(fact.Values)}
		}
		if c.Attestation.Organization != "" {
			record.Organization = c.Attestation.Organization
		}
	}
	record.Add("year", year)
	return record, disagreements
}

// state adds a computed number to a fact. Where the centre stated another one, the two
// contradict each other, and the verdict weighs both.
func state(record *mapping.Record, fact string, n Norm) []Disagreement {
	var list []Disagreement
	number := n.Number()
	var kept []mapping.Value
	for _, v := range record.Fact(fact).Values {
		if !within(v.Number, number) {
			list = append(list, Disagreement{fact, v.String(), number.String()})
			kept = append(kept, v)
		} else if !number.IsExact() {
			number = v.Number // what was stated is among what is possible, and tells more
		}
	}
	delete(record.Facts, fact)
	for _, v := range kept {
		record.Add(fact, v)
	}
	record.Add(fact, mapping.NumberValue(number, computed(string(n.Base))))
	return list
}

// within reports whether an exact number lies in an interval.
func within(n, interval mapping.Number) bool {
	return n.IsExact() && n.Low.Cmp(interval.Low) >= 0 && n.Low.Cmp(interval.High) <= 0
}

func computed(what string) mapping.Evidence {
	return mapping.Evidence{Resource: "MeasureReport", Path: "group.population.count", Via: "computed: " + what}
}
