package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

// What a registry was told can be told again: the measurements, scores and judgements of
// a delivered bundle are taken as they stand, and from its resources nothing is derived a
// second time. One counts as delivered when it claims a profile of ours for that, and has
// our code: what an EPD has of its own is a source, and never an outcome.

// profileBase is what the canonicals of the profiles of delivered bundles start with.
const profileBase = mapping.CanonicalBase + "/StructureDefinition/registry-"

// delivered reports whether a resource claims a profile of delivered bundles.
func delivered(x fhir.Resource) bool {
	return x != nil && slices.ContainsFunc(x.Head().Meta.Profile, func(canonical string) bool { return strings.HasPrefix(canonical, profileBase) })
}

// claims reports whether a resource says that it is of such a profile: "registry-" and this.
func claims(x fhir.Resource, profile string) bool {
	return slices.ContainsFunc(x.Head().Meta.Profile, func(canonical string) bool {
		url, _, _ := strings.Cut(canonical, "|")
		return url == profileBase+profile
	})
}

// codeOf is the first code that an element has of a system; empty without one.
func codeOf(c *fhir.CodeableConcept, system string) string {
	if c != nil {
		for i := range c.Coding {
			if c.Coding[i].System == system {
				return c.Coding[i].Code
			}
		}
	}
	return ""
}

// The CodeSystems of ours that only delivered measurements have.
const (
	bodySiteSystem = mapping.CanonicalBase + "/CodeSystem/body-site"
	tableSystem    = mapping.CanonicalBase + "/CodeSystem/med-table"
)

// measurementProfiles are the profiles by kind of measurement.
var measurementProfiles = map[string]string{
	"pain-nrs": "pain", "pain-vas": "pain", "opioid-dose": "opioid-dose",
	"bmi": "bmi", "attacks": "attacks",
}

// known reports whether there is evidence and all of it was delivered, so that what
// follows from it was told with it.
func (r *reader) known(evidence []mapping.Evidence) bool {
	return len(evidence) > 0 && !slices.ContainsFunc(evidence, func(e mapping.Evidence) bool { return !delivered(r.named[e.Resource]) })
}

// deliveredMeasurement takes a measurement as it stands.
func (r *reader) deliveredMeasurement(o *fhir.Observation) {
	kind := codeOf(o.Code, MeasurementSystem)
	if profile := measurementProfiles[kind]; profile == "" || !claims(o, profile) {
		return
	}
	m := Measurement{Kind: kind, Window: extended(o, fhir.PainWindow), Site: codeOf(o.BodySite, bodySiteSystem), Method: codeOf(o.Method, tableSystem)}
	start, end := period(o.EffectivePeriod, o.EffectiveDateTime)
	switch {
	case o.Status == "entered-in-error":
		m = Measurement{Kind: kind}
	case r.later(start):
		r.drop(o, "effective", afterAsOf)
		return
	case !m.number(&o.Value):
		r.drop(o, "value", "no number")
		return
	case o.EffectivePeriod != nil:
		m.From, m.To = start.Text, end.Text
	default:
		m.Date = start.Text
	}
	from, ok := r.origin(o, "")
	if !ok {
		return
	}
	m.Origin, m.Retracted = from, o.Status == "entered-in-error"
	r.serve(o)
	r.out.Measurements = append(r.out.Measurements, m)
}

// number takes a number, or the two ends of an interval, with its unit; ok is false
// when there is none.
func (m *Measurement) number(v *fhir.Value) (ok bool) {
	low, high := v.Quantity, v.Quantity
	if v.Range != nil {
		low, high = v.Range.Low, v.Range.High
	}
	if low == nil || high == nil || low.Comparator != "" || high.Comparator != "" {
		return false
	}
	least, err := low.Value.Rat()
	most, other := high.Value.Rat()
	if err != nil || other != nil {
		return false
	}
	m.interval(mapping.Number{Low: least, High: most})
	m.Unit = low.Code
	return true
}

// extended is the code of an extension; empty without it.
func extended(x fhir.Resource, url string) string {
	if e := fhir.Find(x.Head().Extension, url); e != nil {
		return e.Code
	}
	return ""
}

// notTold is why a delivered score without a value has none.
const notTold = "the bundle does not tell why"

// deliveredScore takes a score as it stands.
func (r *reader) deliveredScore(o *fhir.Observation) {
	code := codeOf(o.Code, prom.ScoreSystem)
	if code == "" || !claims(o, "score") {
		return
	}
	id, name, _ := strings.Cut(code, ".")
	var scale *prom.Scale
	if instrument := prom.ByID(id); instrument != nil {
		scale = instrument.Scale(name)
	}
	switch {
	case scale == nil:
		r.drop(o, "code", "a score that no instrument has")
		return
	case r.later(o.EffectiveDateTime):
		r.drop(o, "effective", afterAsOf)
		return
	}
	from, ok := r.origin(o, "")
	if !ok {
		return
	}
	r.serve(o)
	one := Score{Origin: from, Instrument: id, Scale: name}
	if one.Retracted = o.Status == "entered-in-error"; one.Retracted {
		r.out.Scores = append(r.out.Scores, one)
		return
	}
	one.Date, one.Unit = o.EffectiveDateTime.Text, scale.Unit
	one.Rule, one.Moment = codeOf(o.Method, prom.RuleSystem), extended(o, fhir.PROMMoment)
	var value Measurement
	if value.number(&o.Value) {
		one.Value, one.Unit = value.Value, value.Unit
	} else {
		one.NotScoreable = notTold
	}
	for i, response := range o.DerivedFrom {
		if key, _ := r.refer(o, response, "QuestionnaireResponse"); key != "" {
			one.Responses = append(one.Responses, key)
		} else {
			r.drop(o, at("derivedFrom", i), "the response did not come along and cannot be recognised")
		}
	}
	slices.Sort(one.Responses)
	r.out.Scores = append(r.out.Scores, one)
}
