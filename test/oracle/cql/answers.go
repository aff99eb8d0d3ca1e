package cql

import (
	"encoding/json"
	"strings"
	"time"
)

const (
	canonicalBase = "https://pijnpoort.example/fhir"
	intakeSystem  = canonicalBase + "/CodeSystem/intake"
)

// way is one way in which a fact may be recorded, or left out.
type way func(d *draft, id string)

func absent(*draft, string) {}

// both records the fact in two ways.
func both(ways ...way) way {
	return func(d *draft, id string) {
		for _, w := range ways {
			w(d, id)
		}
	}
}

// answer adds an item to the form, in the group of its indication.
func (d *draft) answer(id string, values ...object) {
	item := object{"linkId": id, "answer": values}
	indication, _, _ := strings.Cut(id, ".")
	switch {
	case strings.HasPrefix(id, "intake-nrs"), strings.HasPrefix(id, "intake-vas"):
		d.trial = append(d.trial, item)
	case conditionCode[indication] != "":
		d.groups[indication] = append(d.groups[indication], item)
	default:
		d.answers = append(d.answers, item)
	}
}

// codes answers with codes; several contradict each other unless the item repeats.
func codes(values ...string) way {
	return func(d *draft, id string) {
		var answers []object
		for _, code := range values {
			switch d.random.Intn(4) {
			case 0:
				answers = append(answers, object{"valueString": code})
			default:
				answers = append(answers, object{"valueCoding": object{"system": intakeSystem, "code": code}})
			}
		}
		d.answer(id, answers...)
	}
}

func truths(values ...bool) way {
	return func(d *draft, id string) {
		var answers []object
		for _, value := range values {
			answers = append(answers, object{"valueBoolean": value})
		}
		d.answer(id, answers...)
	}
}

func integers(values ...int) way {
	return func(d *draft, id string) {
		var answers []object
		for _, value := range values {
			answers = append(answers, object{"valueInteger": value})
		}
		d.answer(id, answers...)
	}
}

func decimals(values ...string) way {
	return func(d *draft, id string) {
		var answers []object
		for _, value := range values {
			answers = append(answers, object{"valueDecimal": json.Number(value)})
		}
		d.answer(id, answers...)
	}
}

func quantity(value, unit string) way {
	return func(d *draft, id string) {
		d.answer(id, object{"valueQuantity": object{"value": json.Number(value), "unit": unit, "system": ucum, "code": unit}})
	}
}

// between answers with an interval; an empty end is open.
func between(ends func(values ...string) way, low, high string) way {
	return func(d *draft, id string) {
		if low != "" {
			ends(low)(d, id+".min")
		}
		if high != "" {
			ends(high)(d, id+".max")
		}
	}
}

func wholes(values ...string) way {
	return func(d *draft, id string) {
		d.answer(id, object{"valueInteger": json.Number(values[0])})
	}
}

// ago is a date before the as-of day.
type ago struct {
	years, months, days int
	precision           string // "year", "month", or the day
}

func (a ago) of(asOf time.Time) string {
	date := asOf.AddDate(-a.years, 0, 0)
	if date.Day() != asOf.Day() { // 29 February in a common year
		date = date.AddDate(0, 0, -1)
	}
	moved := date.AddDate(0, -a.months, 0)
	for moved.Day() != date.Day() && moved.Day() < 4 && a.months > 0 { // past a month's end
		moved = moved.AddDate(0, 0, -1)
	}
	date = moved.AddDate(0, 0, -a.days)
	switch a.precision {
	case "year":
		return date.Format("2006")
	case "month":
		return date.Format("2006-01")
	}
	return date.Format(time.DateOnly)
}

func dates(when ...ago) way {
	return func(d *draft, id string) {
		var answers []object
		for _, a := range when {
			answers = append(answers, object{"valueDate": a.of(d.asOf)})
		}
		d.answer(id, answers...)
	}
}

func date(literal string) way {
	return func(d *draft, id string) { d.answer(id, object{"valueDate": literal}) }
}
