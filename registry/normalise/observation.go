package normalise

import (
	"math/big"
	"regexp"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

const categories = "http://terminology.hl7.org/CodeSystem/observation-category"

// measured says how a kind of measurement is sent.
type measured struct {
	profile  profile
	category string // of observation-category; may be empty
	loinc    string // where a code is verified (docs of mapping/terminology); may be empty
	unit     string // UCUM
	most     int64  // the highest value that can be; the lowest is 0
}

// measurementKinds are the kinds of measurements.
var measurementKinds = map[string]measured{
	"pain-nrs":    {painProfile, "survey", "72514-3", "{score}", 10},
	"pain-vas":    {painProfile, "survey", "", "mm", 100},
	"opioid-dose": {opioidDoseProfile, "", "", "mg/d", 100_000},
	"bmi":         {bmiProfile, "vital-signs", "39156-5", "kg/m2", 250},
	"attacks":     {attacksProfile, "", "", "/wk", 2_000},
}

// decimal is the form of a FHIR decimal that is written without exponent.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?$`)

// number is a decimal of a registration between two bounds; false, and reported, when it
// is none. A number that cannot be may be something else, such as a BSN.
func (b *builder) number(at place, element, text string, low, high *big.Rat) (encode.Decimal, bool) {
	if text == "" {
		return "", false
	}
	if !decimal.MatchString(text) {
		b.leave(at, element, "not a decimal number")
		return "", false
	}
	value, _ := new(big.Rat).SetString(text)
	if value.Cmp(low) < 0 || value.Cmp(high) > 0 {
		b.leave(at, element, "outside the range of what it measures")
		return "", false
	}
	return encode.Decimal(text), true
}

var zero = new(big.Rat)

// measurements makes the Observations of what was measured or derived.
func (b *builder) measurements() error {
	for i := range b.registration.Measurements {
		item := &b.registration.Measurements[i]
		at := place{"measurements", i}
		kind, known := measurementKinds[item.Kind]
		if !known {
			b.leave(at, "kind", "a kind of measurement that is not sent")
			continue
		}
		if item.Unit != kind.unit && !item.Retracted {
			b.leave(at, "unit", "not the unit in which this kind of measurement is sent ("+kind.unit+")")
			continue
		}
		if _, ok := b.number(at, "value", item.Value, zero, big.NewRat(kind.most, 1)); !ok && !item.Retracted {
			continue // a measurement is nothing without its value
		}
		e, err := b.add(kind.profile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		b.measurement(at, e, kind, item)
	}
	return nil
}

func (b *builder) measurement(at place, e *Entry, kind measured, item *registration.Measurement) {
	out := encode.Observation{Status: status(e, "final", "final"), Code: own("measurement", item.Kind)}
	if kind.loinc != "" {
		out.Code.Codings = append([]encode.Coding{{System: loinc, Code: kind.loinc}}, out.Code.Codings...)
	}
	if kind.category != "" {
		out.Category = encode.Coding{System: categories, Code: kind.category}
	}
	if !e.Retracted {
		b.happened(item.Date, item.From, item.To)
		if item.From != "" || item.To != "" {
			out.Over = b.period(at, item.From, item.To)
		} else {
			out.Effective = b.date(at, "date", item.Date)
		}
		out.BodySite = b.coded(at, "site", "body-site", item.Site)
		out.Extensions = b.extension(at, "pain-window", "pain-window", item.Window)
		if item.Kind == "opioid-dose" {
			out.Method = b.coded(at, "method", "med-table", item.Method)
		}
		b.measure(at, &out, kind, item)
	}
	e.build = func(link linker, head encode.Head) encode.Resource {
		out := out
		out.ID, out.Profile, out.Identifiers, out.Subject = head.ID, head.Profile, head.Identifiers, link(b.patient)
		return &out
	}
}

// measure gives an Observation its value, or the interval it is in.
func (b *builder) measure(at place, out *encode.Observation, kind measured, item *registration.Measurement) {
	most := big.NewRat(kind.most, 1)
	low := encode.Decimal(item.Value)
	high, interval := b.number(at, "high", item.High, zero, most)
	if interval && high != low {
		out.Between = &encode.Range{Low: low, High: high, Code: kind.unit}
	} else {
		out.Value = &encode.Quantity{Value: low, Code: kind.unit}
	}
}
