package opioid

import (
	"errors"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// dimension is what a unit measures.
type dimension uint8

const (
	none   dimension = iota // of the denominator: no denominator
	mass                    // in mg
	volume                  // in mL
	piece                   // tablets, patches, doses
	time                    // in hours
)

// unit is a factor to the base units of a dimension, perhaps per another one.
type unit struct {
	scale   fraction
	of, per dimension
}

// measure is an amount in base units, such as mg, or mg per hour.
type measure struct {
	amount  interval
	of, per dimension
}

type word struct {
	of  dimension
	num int64
	den int64
}

// words are the units as UCUM codes, as orderable drug forms of HL7 version 3
// and as Dutch and English EPDs write them, in lower case. "u" stands for
// unit in the numerator, so it is an hour in a denominator only.
var words = func() map[string]word {
	list := make(map[string]word)
	for _, row := range []struct {
		word
		names string
	}{
		{word{mass, 1000, 1}, "g gr gram"},
		{word{mass, 1, 1}, "mg milligram milligrams"},
		{word{mass, 1, 1000}, "ug mcg microgram micrograms microgrammen"},
		{word{mass, 1, 1000000}, "ng nanogram"},
		{word{volume, 1000, 1}, "l liter"},
		{word{volume, 1, 1}, "ml milliliter cc"},
		{word{piece, 1, 1}, "stuk stuks st piece pieces each ea " +
			"tablet tablets tabletten tabl tab tbl erectab capsule capsules caps cap ercap " +
			"pleister pleisters patch patches tpatch film films zuigtablet zuigtabletten lozenge " +
			"zetpil zetpillen suppository supp zakje zakjes sachet dosis doses dose spray sprays"},
		{word{time, 1, 3600}, "s sec"},
		{word{time, 1, 60}, "min minuut minuten minute minutes"},
		{word{time, 1, 1}, "h hr hrs hour hours uur uren"},
		{word{time, 24, 1}, "d dag dagen day days etmaal"},
		{word{time, 168, 1}, "wk week weken weeks"},
		{word{time, 720, 1}, "mo maand maanden month months"},
		{word{time, 8760, 1}, "a jaar year years"},
	} {
		for _, name := range strings.Fields(row.names) {
			list[name] = row.word
		}
	}
	return list
}()

// patchWords are the pieces that can only be transdermal.
var patchWords = map[string]bool{"pleister": true, "pleisters": true, "patch": true, "patches": true, "tpatch": true}

var tidy = strings.NewReplacer("µ", "u", "μ", "u", "{", "", "}", "", "(", "", ")", "", "[", "", "]", "", " per ", "/", " ", "")

// tidied is the unit in one notation: lower case, no blanks, braces or Greek.
func tidied(s string) string { return tidy.Replace(strings.ToLower(strings.TrimSpace(s))) }

// unitOf reads a unit such as "mg", "{tbl}", "ug/h", "mcg/uur" or "mg/24.h".
func unitOf(s string) (unit, bool) {
	if w, ok := words[s]; ok {
		return unit{scale: quotient(w.num, w.den), of: w.of}, true
	}
	numerator, denominator, compound := strings.Cut(tidied(s), "/")
	w, ok := words[numerator]
	if !ok {
		return unit{}, false
	}
	u := unit{scale: quotient(w.num, w.den), of: w.of}
	if !compound {
		return u, true
	}
	digits := len(denominator) - len(strings.TrimLeft(denominator, "0123456789"))
	if count := denominator[:digits]; count != "" {
		n, ok := decimal(count)
		if !ok || n.sign() == 0 || digits > 4 {
			return unit{}, false
		}
		u.scale = u.scale.over(n)
	}
	name := strings.TrimPrefix(denominator[digits:], ".")
	if name == "u" {
		name = "uur"
	}
	if w, ok = words[name]; !ok || w.of == mass {
		return unit{}, false
	}
	u.scale = u.scale.over(quotient(w.num, w.den))
	u.per = w.of
	return u, true
}

var (
	errNoUnit   = errors.New("a quantity has no unit that is known")
	errUnits    = errors.New("code and text of a unit differ")
	errNegative = errors.New("a quantity is negative")
	errBound    = errors.New("a quantity is only bounded from below")
	errNoValue  = errors.New("a quantity has no value")
	errNumber   = errors.New("a number cannot be read")
)

const ucum = "http://unitsofmeasure.org"

// unitOfQuantity reads the unit from code and text. The UCUM code "1" says only
// that the text is a thing one can count.
func unitOfQuantity(q *fhir.Quantity) (unit, error) {
	counted := q.Code == "1" && (q.System == ucum || q.System == "")
	byCode, codeKnown := unit{scale: whole(1), of: piece}, true
	if !counted {
		byCode, codeKnown = unitOf(q.Code)
	}
	byText, textKnown := unitOf(q.Unit)
	switch {
	case codeKnown && textKnown:
		if byCode.of != byText.of || byCode.per != byText.per || byCode.scale.cmp(byText.scale) != 0 {
			return unit{}, errUnits
		}
		return byCode, nil
	case codeKnown:
		return byCode, nil
	case textKnown:
		return byText, nil
	}
	return unit{}, errNoUnit
}

// measured reads a quantity; a comparator "<" makes it an interval from zero.
func measured(q *fhir.Quantity) (measure, error) {
	if q.Value == "" {
		return measure{}, errNoValue
	}
	value, err := positive(q.Value)
	if err != nil {
		return measure{}, err
	}
	u, err := unitOfQuantity(q)
	if err != nil {
		return measure{}, err
	}
	amount := exactly(value.times(u.scale))
	switch q.Comparator {
	case "":
	case "<", "<=":
		amount = upTo(amount)
	default:
		return measure{}, errBound
	}
	return measure{amount, u.of, u.per}, nil
}

// measuredRange reads a range; without a low end it starts at zero.
func measuredRange(r *fhir.Range) (measure, error) {
	if r.High == nil {
		return measure{}, errBound
	}
	high, err := measured(r.High)
	if err != nil {
		return measure{}, err
	}
	if r.Low == nil {
		high.amount = upTo(high.amount)
		return high, nil
	}
	bottom := *r.Low
	if bottom.Unit == "" && bottom.Code == "" {
		bottom.Unit, bottom.Code, bottom.System = r.High.Unit, r.High.Code, r.High.System
	}
	low, err := measured(&bottom)
	if err != nil {
		return measure{}, err
	}
	if low.of != high.of || low.per != high.per {
		return measure{}, errUnits
	}
	return measure{hull(low.amount, high.amount), high.of, high.per}, nil
}

// measuredRatio reads a ratio; without a denominator it is per piece.
func measuredRatio(r *fhir.Ratio) (measure, error) {
	if r.Numerator == nil {
		return measure{}, errNoValue
	}
	top, err := measured(r.Numerator)
	if err != nil {
		return measure{}, err
	}
	if r.Denominator == nil {
		if top.per == none {
			top.per = piece
		}
		return top, nil
	}
	bottom, err := measured(r.Denominator)
	if err != nil {
		return measure{}, err
	}
	if bottom.per != none || bottom.amount.low.sign() == 0 {
		return measure{}, errNumber
	}
	top.amount = over(top.amount, bottom.amount)
	switch {
	case top.per == none:
		top.per = bottom.of
	case bottom.of != piece: // ug/h per patch is a rate; per anything else it means nothing
		return measure{}, errNumber
	}
	return top, nil
}

// positive reads a number that is not negative.
func positive(d fhir.Decimal) (fraction, error) {
	f, err := numberOf(d)
	if err == nil && f.sign() < 0 {
		return fraction{}, errNegative
	}
	return f, err
}

func numberOf(d fhir.Decimal) (fraction, error) {
	if f, ok := decimal(string(d)); ok {
		return f, nil
	}
	r, err := d.Rat()
	if err != nil {
		return fraction{}, errNumber
	}
	return fractionOf(r), nil
}
