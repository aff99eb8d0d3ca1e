package centre

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// Norms are the norms of chapter 3 and of the agreement of annex 3, with the verdict on the
// centre and, where it has several clinics, on each of them by itself.
type Norms struct {
	Judgement // of all clinics as one: a patient of two of them counts once
	// Together: the clinics work as one under an agreement, as the centre states. Only then
	// does the judgement of all as one hold for each of them.
	Together kleene.Outcome `json:"together"`
	// Clinics are the judgements of each clinic by itself; empty where there is one clinic.
	Clinics []Judgement `json:"clinics"`
}

// Judgement is the verdict on the centre or on one of its clinics.
type Judgement struct {
	Clinic string `json:"clinic,omitempty"` // empty: the centre
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
	// Unrecorded: of the year no procedure at all is on record there. That says nothing of
	// how many there were.
	Unrecorded bool `json:"unrecorded,omitempty"`
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
	together  bool // for all parties of an agreement only
}{
	{"centre-volume-20", 20, "patients-operative", []Base{Operative, OperativeWithExplant, OperativeWithGenerator}, false},
	{"centre-volume-50-cooperation", 50, "patients-applied", []Base{Applied, AppliedOperative, UnderTreatment}, false},
	{"centre-ons-10", 10, "ons-patients", []Base{ONS, ONSOperative}, false},
	{"agreement-v1-volume", 20, "", []Base{New}, false},
	{"agreement-v1-volume", 50, "", []Base{Implantations, ImplantationsSCS}, true},
}

// norms judges the centre, and each of its clinics.
func (c *computation) norms(r *Report) Norms {
	out := Norms{Judgement: c.judge(r, ""), Together: kleene.Undecided, Clinics: []Judgement{}}
	record, _ := c.record()
	agreement := record.Fact("cooperation-agreement").Values
	switch {
	case c.Judging.Agreement, len(agreement) == 1 && agreement[0].True:
		out.Together = kleene.Met
	case len(agreement) == 1:
		out.Together = kleene.NotMet
	}
	if len(r.Clinics) > 1 {
		for _, clinic := range r.Clinics {
			if clinic != Unknown {
				out.Clinics = append(out.Clinics, c.judge(r, clinic))
			}
		}
	}
	return out
}

// judge counts, states the counts as facts of the centre or clinic, and has it judged. What
// the centre states of itself holds for its clinics too, but for the numbers.
func (c *computation) judge(r *Report, clinic string) Judgement {
	record, other := c.record()
	out := Judgement{Clinic: clinic, Norms: []Norm{}, Disagreements: []Disagreement{}}
	if clinic == "" {
		out.Disagreements = append(out.Disagreements, other...)
	}
	unrecorded := !r.recorded(clinic)
	for _, n := range norms {
		if clinic != "" && n.together {
			continue
		}
		if clinic != "" {
			delete(record.Facts, n.fact)
		}
		decisive := n.bases[0]
		if decisive == Operative {
			decisive = c.base()
		}
		for _, base := range n.bases {
			one := Norm{Criterion: n.criterion, Least: n.least, Volume: r.volumeAt(clinic, base), Decides: n.fact != "" && base == decisive, Joint: n.fact == ""}
			one.Unrecorded = unrecorded && one.Count == 0
			one.Outcome = c.outcomeOf(one)
			out.Norms = append(out.Norms, one)
			if one.Decides && !one.Unrecorded {
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

// recorded reports whether any procedure of the year is on record in a clinic; "" is all.
func (r *Report) recorded(clinic string) bool {
	f := r.Figure("nm-indication", "procedures")
	if clinic == "" || f.Stratum(byClinic, Unknown).Initial > 0 {
		return f.Initial > 0
	}
	return f.Stratum(byClinic, clinic).Initial > 0
}

// volumeAt is the volume of the year of the centre ("") or of a clinic, to which may belong
// whatever happened in a clinic that is not known.
func (r *Report) volumeAt(clinic string, base Base) Volume {
	v := r.Volume(r.Year, clinic, base)
	if clinic != "" {
		elsewhere := r.Volume(r.Year, Unknown, base)
		v.Possible += elsewhere.Count + elsewhere.Possible
	}
	return v
}

// outcomeOf compares the whole interval of a count with its norm; while the year runs, too
// few is not known yet.
func (c *computation) outcomeOf(n Norm) kleene.Outcome {
	if n.Unrecorded {
		return kleene.Undecided
	}
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
