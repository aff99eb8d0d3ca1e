package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// measurements takes the numbers: the means of pain per window and the dose of opioids
// as the record derives them, and body mass index and attacks as it takes them.
func (r *reader) measurements() {
	r.pain()
	r.opioidDose()
	r.numbers("bmi", "bmi", "", "kg/m2")
	r.numbers("cch.attacks-per-week", "attacks", "intake", "/wk")
	r.numbers("trial-attacks-per-week", "attacks", "trial", "/wk")
	each(r, r.retracted)
}

// painUnits are the kind and the unit of a scale.
var painUnits = map[mapping.Scale][2]string{mapping.NRS: {"pain-nrs", "{score}"}, mapping.VAS: {"pain-vas", "mm"}}

// path joins the parts of a key that are not empty.
func path(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "/")
}

// windowed are the facts that say when the windows of pain are.
var windowed = []string{"trial-start", "trial-end", "implant-date", "off-start", "off-end"}

// pain takes the means, which rest on the days of their windows too.
func (r *reader) pain() {
	for i := range r.record.Pain {
		p := &r.record.Pain[i]
		kind, known := painUnits[p.Scale]
		if p.Mean == nil || !known || r.known(p.Evidence) {
			continue
		}
		o := r.derived(path("pain", p.Window, string(p.Scale), p.Site), p.Evidence)
		for _, fact := range windowed {
			for _, v := range r.record.Fact(fact).Values {
				for _, e := range v.Evidence {
					if x := r.named[e.Resource]; x != nil {
						r.rest(&o, x)
					}
				}
			}
		}
		r.out.Measurements = append(r.out.Measurements, Measurement{
			Origin: o,
			Kind:   kind[0], Window: p.Window, Site: p.Site,
			From: p.From.String(), To: p.To.String(), Days: p.Days,
			Value: mapping.FormatRat(p.Mean), Unit: kind[1],
		})
	}
}

// opioidDose takes the total dose. It is dated by the newest of what it rests on, so
// that a later sending of the same medication changes nothing.
func (r *reader) opioidDose() {
	med := r.record.Opioid.MED
	if med == nil || med.Low == nil {
		return
	}
	var evidence []mapping.Evidence
	for _, v := range r.record.Fact("opioid-med").Values {
		evidence = append(evidence, v.Evidence...)
	}
	if r.known(evidence) {
		return
	}
	date := newest(evidence)
	if date == "" && r.record.AsOf != latestDay {
		date = r.record.AsOf.String()
	}
	m := Measurement{Origin: r.derived("opioid-dose/"+date, evidence), Kind: "opioid-dose", Date: date, Unit: "mg/d", Method: r.record.Opioid.Table}
	m.interval(*med)
	r.out.Measurements = append(r.out.Measurements, m)
}

// newest is the latest local day among the dates of evidence.
func newest(evidence []mapping.Evidence) string {
	var last mapping.Date
	for _, e := range evidence {
		if d, ok := DateOf(e.Date); ok && (last.Text == "" || d.Last > last.Last) {
			last = d
		}
	}
	if last.Text != "" && last.IsExact() {
		return last.First.String()
	}
	return last.Text
}

// numbers takes the values of a numeric fact: each from the resource behind it, or, of
// several, derived from them.
func (r *reader) numbers(fact, kind, window, unit string) {
	for _, v := range r.record.Fact(fact).Values {
		if v.Number.Low == nil || r.known(v.Evidence) {
			continue
		}
		m := Measurement{Kind: kind, Window: window, Date: newest(v.Evidence), Unit: unit}
		m.interval(v.Number)
		one := r.single(v.Evidence)
		if one == nil {
			m.Origin = r.derived(path(kind, window, m.Date), v.Evidence)
		} else {
			o, ok := r.origin(one, "")
			if !ok {
				continue
			}
			if _, observed := one.(*fhir.Observation); !observed {
				o = o.part(fact)
			}
			m.Origin = o
			r.serve(one)
		}
		r.out.Measurements = append(r.out.Measurements, m)
	}
}

// single is the one resource behind a value, or nil.
func (r *reader) single(evidence []mapping.Evidence) fhir.Resource {
	var one fhir.Resource
	for _, e := range evidence {
		x := r.named[e.Resource]
		if x == nil || one != nil && one != x {
			return nil
		}
		one = x
	}
	return one
}

// interval sets value and upper end.
func (m *Measurement) interval(n mapping.Number) {
	m.Value = mapping.FormatRat(n.Low)
	if n.High != nil && n.High.Cmp(n.Low) != 0 {
		m.High = mapping.FormatRat(n.High)
	}
}

// measured are the observations that are items of their own.
var measured = map[terminology.Concept]string{"rel-bmi": "bmi", "cl-attack-frequency": "attacks"}

// retracted takes back observations that were entered in error.
func (r *reader) retracted(o *fhir.Observation) {
	kind, ok := meaning(measured, r.concepts(o.Code))
	if o.Status != "entered-in-error" || !ok || delivered(o) {
		return
	}
	if from, ok := r.origin(o, ""); ok {
		r.serve(o)
		from.Retracted = true
		r.out.Measurements = append(r.out.Measurements, Measurement{Origin: from, Kind: kind})
	}
}
