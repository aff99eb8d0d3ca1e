package forms

import (
	"math/big"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// draft holds the answers that are known, for the items that show them.
func (e *excerpt) draft(items []encode.Item) []encode.ResponseItem {
	var list []encode.ResponseItem
	for i := range items {
		it := &items[i]
		switch {
		case it.ReadOnly:
			list = append(list, encode.ResponseItem{LinkID: it.LinkID, Answers: e.known(it), Sources: sources(e.fact(it))})
		case it.Type == "group":
			if part := e.draft(it.Items); part != nil {
				list = append(list, encode.ResponseItem{LinkID: it.LinkID, Items: part})
			}
		}
	}
	return list
}

func (e *excerpt) fact(it *encode.Item) *mapping.Fact { return e.record.Fact(factOf(it.LinkID)) }

// identifying are facts that say who the patient is.
var identifying = []string{"birth-date"}

// known are the answers that the record has to an item. It has none where values
// contradict each other, where a value cannot be written as an answer of the item
// without loss, or where no resource can be named as the source.
func (e *excerpt) known(it *encode.Item) []encode.Answer {
	fact := e.fact(it)
	definition, _, _ := mapping.DefinitionOf(it.LinkID)
	if slices.Contains(identifying, fact.ID) || len(fact.Values) > 1 && !definition.Repeats || len(sources(fact)) == 0 {
		return nil
	}
	var answers []encode.Answer
	for i := range fact.Values {
		a := e.answer(it, &fact.Values[i])
		if a == nil {
			return nil
		}
		answers = append(answers, a)
	}
	return answers
}

// answer is a value as an answer to an item; nil when it cannot be one.
func (e *excerpt) answer(it *encode.Item, v *mapping.Value) encode.Answer {
	switch v.Kind {
	case mapping.Coded:
		for _, o := range it.Options {
			if o.Code == v.Code {
				return encode.Coding{System: o.System, Code: o.Code, Display: localized(o.Display, e.lang)}
			}
		}
	case mapping.Truth:
		return encode.Boolean(v.True)
	case mapping.Dated:
		return date(v.Date)
	case mapping.Numeric:
		_, _, end := mapping.DefinitionOf(it.LinkID)
		return numeric(it.Type, endOf(v.Number, end))
	}
	return nil // free text may hold anything
}

// date is a date as far as it is known.
func date(d mapping.Date) encode.Answer {
	switch {
	case d.IsExact():
		return encode.Date(d.First.String())
	case len(d.Text) == len("2006") || len(d.Text) == len("2006-01"):
		return encode.Date(d.Text)
	}
	return nil
}

// endOf is the value that an item for a number, or for one end of its interval,
// holds: an exact number has no ends.
func endOf(n mapping.Number, end string) *big.Rat {
	switch {
	case n.IsExact() == (end != ""):
		return nil
	case end == "max":
		return n.High
	}
	return n.Low
}

func numeric(kind string, r *big.Rat) encode.Answer {
	if r == nil {
		return nil
	}
	if kind == "integer" {
		if n := r.Num(); r.IsInt() && n.IsInt64() && n.Int64() == int64(int32(n.Int64())) {
			return encode.Integer(n.Int64())
		}
		return nil
	}
	literal := mapping.FormatRat(r)
	if same, ok := new(big.Rat).SetString(literal); !ok || same.Cmp(r) != 0 {
		return nil
	}
	return encode.Decimal(literal)
}

// sources are the resources that the values of a fact come from, each once; only
// what can be referred to counts.
func sources(fact *mapping.Fact) []string {
	var list []string
	for i := range fact.Values {
		for _, evidence := range fact.Values[i].Evidence {
			if isReference(evidence.Resource) && !slices.Contains(list, evidence.Resource) {
				list = append(list, evidence.Resource)
			}
		}
	}
	return list
}

// isReference: a resource without id or fullUrl is called by its place, which is none.
func isReference(name string) bool {
	return strings.Contains(name, ":") || strings.Contains(name, "/") && !strings.Contains(name, "[")
}

// subject is whom the record is about: the centre, or the patient from whose
// resource sex or date of birth was taken.
func subject(r *mapping.Record) string {
	if r.Organization != "" {
		return r.Organization
	}
	for id, path := range map[string]string{"birth-date": "birthDate", "sex": "gender"} {
		for _, v := range r.Fact(id).Values {
			for _, evidence := range v.Evidence {
				if evidence.Path == path && isReference(evidence.Resource) {
					return evidence.Resource
				}
			}
		}
	}
	return ""
}
