package epd

import (
	"math/big"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// reading is a measurement of pain with the resource it came from.
type reading struct {
	mapping.PainReading
	entry *entry
}

// painSites says where pain is; other sites are kept without a name.
var painSites = map[terminology.Concept]string{
	"gen-body-site-lower-limb": "leg",
	"gen-body-site-back":       "back",
	"gen-body-site-upper-limb": "arm",
	"gen-body-site-neck":       "neck",
}

var (
	ten     = wholes[10]
	hundred = wholes[100]
)

// painScore takes one reading of pain intensity from the Observation, or from the
// component at a path that ends in a dot. What cannot be read on one of the two
// scales is left out, with the reason.
func (m *mapper) painScore(e *entry, o *fhir.Observation, code []finding, path string, v *fhir.Value, absent *fhir.CodeableConcept, at fhir.DateTime, date mapping.Date) {
	if absent != nil {
		e.ignore(path+"value", "no value, for a stated reason")
		return
	}
	if at.Precision < fhir.Day {
		e.ignore("effective", "no day of measurement")
		return
	}
	element, value, unit, reason := score(v)
	if reason != "" {
		e.ignore(path+"value", reason)
		return
	}
	scale, value, reason := onScale(code, m.find(o.Method), value, unit)
	if reason != "" {
		e.ignore(path+"value", reason)
		return
	}
	r := reading{entry: e, PainReading: mapping.PainReading{Scale: scale, Value: value, Day: date.First}}
	if at.Precision == fhir.Second {
		r.Instant = at.Time.UTC()
	}
	r.Site = m.painSite(e, o)
	r.Evidence = e.says(path+element, literal(v), at.Text)
	if f := has(code, "pain-intensity"); f != nil {
		r.Evidence.Via = m.via(f)
	}
	e.used = true
	if m.readings == nil {
		m.readings = make([]reading, 0, 16) // a diary of some days
	}
	m.readings = append(m.readings, r)
}

// score is the number of a value with its unit: points, or a length.
func score(v *fhir.Value) (element string, value *big.Rat, unit, reason string) {
	q := v.Quantity
	if q == nil && v.String != "" {
		value, ok := spelled(v.String)
		if !ok {
			return "", nil, "", "no value that can be read"
		}
		return "valueString", value, "", ""
	}
	if q == nil {
		d := v.Integer
		element = "valueInteger"
		if d == "" {
			d, element = v.Decimal, "valueDecimal"
		}
		value, ok := rat(d)
		if !ok {
			return "", nil, "", "no value that can be read"
		}
		return element, value, "", ""
	}
	if q.Comparator != "" {
		return "", nil, "", "no exact value"
	}
	value, ok := rat(q.Value)
	if !ok {
		return "", nil, "", "no value that can be read"
	}
	switch unit = unitOf(q); {
	case unit == "mm" || unit == "cm":
		return "valueQuantity", value, unit, ""
	case units[""][unit] != nil:
		return "valueQuantity", value, "", ""
	}
	return "", nil, "", "unit is not one of pain intensity"
}

// literal is a number as it was sent.
func literal(v *fhir.Value) string {
	switch {
	case v.Quantity != nil:
		return string(v.Quantity.Value)
	case v.Integer != "":
		return string(v.Integer)
	case v.String != "":
		return v.String
	}
	return string(v.Decimal)
}

// methods are the ways of measuring, as the method or the code itself tells.
var methods = map[terminology.Concept]string{
	"pain-method-nrs":    "NRS",
	"pain-method-vas10":  "VAS10",
	"pain-method-vas100": "VAS100",
	"pain-scale-nrs":     "NRS",
	"pain-scale-vas":     "VAS", // of unknown length
}

// onScale puts a value on the scale of its method: NRS in points, VAS in mm. The
// pain score of the zib has one code for three scales, so without a method only
// a length, or a number that exceeds ten, can be understood.
func onScale(code, method []finding, value *big.Rat, unit string) (mapping.Scale, *big.Rat, string) {
	way := methodOf(code)
	if stated := methodOf(method); stated != "" {
		if way != "" && way != stated && !(way == "VAS" && stated != "NRS") {
			return "", nil, "code and method name different scales"
		}
		way = stated
	}
	switch {
	case value.Sign() < 0:
		return "", nil, "below zero"
	case way == "NRS" && unit != "":
		return "", nil, "a length is no NRS"
	case way == "NRS":
		if compare(value, ten) > 0 {
			return "", nil, "above 10 on a scale of 0 to 10"
		}
		return mapping.NRS, value, ""
	case unit == "cm":
		value = new(big.Rat).Mul(value, ten)
	case unit == "mm" || way == "VAS100":
	case way == "VAS10":
		if compare(value, ten) > 0 {
			return "", nil, "above 10 on a scale of 0 to 10"
		}
		value = new(big.Rat).Mul(value, ten)
	case compare(value, ten) <= 0:
		return "", nil, "no method: up to 10 may be an NRS, or a VAS of 10 or of 100"
	}
	if compare(value, hundred) > 0 {
		return "", nil, "above 100 mm"
	}
	return mapping.VAS, value, ""
}

// via is f.how, put into words once for the readings of a diary, which have one code.
func (m *mapper) via(f *finding) string {
	if system, code := f.code(); m.told.via == "" || m.told.concept != f.concept || m.told.system != system || m.told.code != code {
		m.told = telling{f.concept, system, code, f.how()}
	}
	return m.told.via
}

// telling is how a code was last found to mean a concept.
type telling struct {
	concept           terminology.Concept
	system, code, via string
}

func methodOf(found []finding) string {
	for i := range found {
		if way := methods[found[i].concept]; way != "" {
			return way
		}
	}
	return ""
}

func (m *mapper) painSite(e *entry, o *fhir.Observation) string {
	found := m.find(o.BodySite)
	for i := range found {
		if site := painSites[found[i].concept]; site != "" {
			return site
		}
	}
	m.unmapped(e, "bodySite", o.BodySite)
	return ""
}

// compare puts readings in an order that does not depend on that of the input.
func (r *reading) compare(other *reading) int {
	if d := strings.Compare(string(r.Scale), string(other.Scale)); d != 0 {
		return d
	}
	if d := int(r.Day) - int(other.Day); d != 0 {
		return d
	}
	if d := r.Instant.Compare(other.Instant); d != 0 {
		return d
	}
	if d := compare(r.Value, other.Value); d != 0 {
		return d
	}
	return strings.Compare(r.Site, other.Site)
}

// isMoment reports whether the time of day is known.
func (r *reading) isMoment() bool { return !r.Instant.Equal(time.Time{}) }

// sameMoment reports whether two readings are about the same place at the same moment.
func (r *reading) sameMoment(other *reading) bool {
	return r.Scale == other.Scale && r.isMoment() && r.Instant.Equal(other.Instant) &&
		(r.Site == other.Site || r.Site == "" || other.Site == "")
}

// distinct drops readings that were received twice, and remarks on those that
// contradict each other: both of these stay.
func (m *mapper) distinct(sorted []reading) []reading {
	kept := sorted[:0]
	for i := range sorted {
		r := sorted[i]
		double := false
		for j := len(kept) - 1; j >= 0 && kept[j].Scale == r.Scale && kept[j].Day == r.Day; j-- {
			k := &kept[j]
			same := compare(k.Value, r.Value) == 0
			switch {
			case k.sameMoment(&r) && same, !r.isMoment() && !k.isMoment() && same && k.Site == r.Site && k.entry.title() == r.entry.title():
				double = true
				if r.Site != "" && k.Site == "" {
					k.Site = r.Site
				}
			case k.sameMoment(&r):
				m.issue(r.entry, fhir.SeverityWarning, "conflict", "value",
					"another reading of the same moment, "+k.entry.title()+", has a different value")
			}
		}
		if !double {
			kept = append(kept, r)
		}
	}
	return kept
}
