package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// standpunts is what the canonical of a version of the standpunt starts with.
const standpunts = mapping.CanonicalBase + "/PlanDefinition/standpunt-"

// judgement takes a judgement of a delivered bundle. Its indication is that of the
// Condition it is about.
func (r *reader) judgement(g *fhir.GuidanceResponse) {
	module, _, _ := strings.Cut(g.ModuleCanonical, "|")
	version, ours := strings.CutPrefix(module, standpunts)
	switch {
	case !ours || !claims(g, "judgement"):
		r.drop(g, "module", "no judgement by the standpunt")
		return
	case r.later(g.OccurrenceDateTime):
		r.drop(g, "occurrenceDateTime", afterAsOf)
		return
	}
	from, ok := r.origin(g, "")
	if !ok {
		return
	}
	r.serve(g)
	one := Judgement{Origin: from, Standpunt: version}
	if one.Retracted = g.Status == "entered-in-error"; !one.Retracted {
		one.AsOf = g.OccurrenceDateTime.Text
		one.Verdict, one.Phase, one.Modality = extended(g, fhir.Verdict), extended(g, fhir.Phase), extended(g, fhir.Modality)
		one.Indication = r.judged(g)
		for i := range g.Extension {
			switch e := &g.Extension[i]; e.URL {
			case fhir.CriterionOutcome:
				one.Outcomes = append(one.Outcomes, outcome(e))
			case fhir.MissingFact:
				one.Missing = append(one.Missing, e.Code)
			}
		}
	}
	r.out.Judgements = append(r.out.Judgements, one)
}

// outcome is what came of a criterion, of which the parts may stand in either order.
func outcome(e *fhir.Extension) (o Outcome) {
	if part := fhir.Find(e.Extension, "criterion"); part != nil {
		o.Criterion = part.Code
	}
	if part := fhir.Find(e.Extension, "outcome"); part != nil {
		o.Outcome = part.Code
	}
	return o
}

// judged is the code of the indication that a judgement is about; empty when it names none.
func (r *reader) judged(g *fhir.GuidanceResponse) string {
	for i, reason := range g.ReasonReference {
		key, _ := r.refer(g, reason, "Condition")
		k := slices.IndexFunc(r.out.Indications, func(x Indication) bool { return x.Key == key })
		if k >= 0 {
			return r.out.Indications[k].Code
		}
		r.drop(g, at("reasonReference", i), "no indication that came along")
	}
	return ""
}
