package prom

import (
	"math/big"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// meaning is what one answer says: a value, nothing (not applicable), or
// something that cannot be interpreted, because of reason.
type meaning struct {
	value   *big.Rat
	flag    string
	reason  string
	literal string // as sent
	path    string // value element, such as "valueInteger"
}

// absentReason is the system of codes that say why there is no answer.
const absentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

// interpret reads one answer to an item.
func (s *scorer) interpret(f *form, what found, linkID string, answer *fhir.Answer) meaning {
	m := describe(answer)
	item := &what.instrument.Items[what.item]
	keys := keysOf(answer)
	if m.path == "" || s.notApplicable(f, answer, keys) || item.Kind == Words {
		return m
	}
	if f.declared != nil && what.declared {
		answers := f.declared.Answers[linkID]
		if answers == nil {
			answers = f.declared.Answers["*"]
		}
		if answers != nil {
			for _, key := range keys {
				if value, ok := answers[key]; ok {
					m.value = whole(int64(value))
					return m.within(item)
				}
			}
			m.reason = "the declared map has no value for this answer"
			return m
		}
	}
	switch item.Kind {
	case Clock:
		return m.clock(answer)
	case Minutes, Hours:
		// Elsewhere the weight of a coded duration may be the rank of a class ("31-60 minutes": 2).
		if answer.Coding == nil || f.own == nil {
			return m.duration(answer, item)
		}
	}
	var n *big.Rat
	n, m.flag, m.reason = s.weight(f, answer, item, f.items[linkID], what.declared)
	if m.reason != "" {
		return m
	}
	encoding := s.encoding(f, what)
	if n == nil {
		if n, m.reason = bareNumber(answer); m.reason != "" {
			return m
		}
		if encoding == "" && !what.declared && item.Kind == Option {
			m.reason = "a bare number in a form of which nothing declares what its numbers mean"
			return m
		}
	}
	return m.encoded(what, item, encoding, n)
}

// encoding is the declared encoding of an instrument in a form; our own forms hold its values.
func (s *scorer) encoding(f *form, what found) Encoding {
	switch {
	case !what.declared:
		return s.config.Site.Encoding[what.instrument.ID]
	case f.declared != nil:
		return f.declared.Encoding[what.instrument.ID]
	}
	return Value
}

func (m meaning) encoded(what found, item *Item, encoding Encoding, n *big.Rat) meaning {
	if encoding == "" {
		if what.instrument.NeedsDirection {
			m.reason = "forms of this instrument run in either direction and this one's is not declared"
			return m
		}
		encoding = Value
	}
	if encoding == Value {
		m.value = n
		return m.within(item)
	}
	if !n.IsInt() || !n.Num().IsInt64() {
		m.reason = "the answer is not the place of an option"
		return m
	}
	value, ok := encoding.number(item, n.Num().Int64())
	if !ok {
		m.reason = "the declared encoding is unknown"
		return m
	}
	m.value = whole(value)
	return m.within(item)
}

// within refuses values that are not among the item's.
func (m meaning) within(item *Item) meaning {
	outside := m.value.Cmp(whole(item.Min)) < 0 || m.value.Cmp(whole(item.Max)) > 0
	if outside || !item.Fractions && !m.value.IsInt() {
		m.value = nil
		m.reason = "the answer is not one of the item's values"
	}
	return m
}

// notApplicable reports whether an answer says that there is none.
func (s *scorer) notApplicable(f *form, answer *fhir.Answer, keys []string) bool {
	if c := answer.Coding; c != nil && (c.System == absentReason || c.IsNullFlavor()) {
		return true
	}
	for _, key := range keys {
		if slices.Contains(s.config.Site.NotApplicable, key) || f.declared != nil && slices.Contains(f.declared.NotApplicable, key) {
			return true
		}
	}
	return false
}

// keysOf are the names under which a site may declare an answer.
func keysOf(a *fhir.Answer) []string {
	var keys []string
	add := func(key string) {
		if key != "" {
			keys = append(keys, key)
		}
	}
	if c := a.Coding; c != nil {
		if c.System != "" && c.Code != "" {
			add(c.System + "|" + c.Code)
		}
		add(c.Code)
		add(c.Display)
	}
	add(a.String)
	add(string(a.Integer))
	add(string(a.Decimal))
	if a.Boolean != nil {
		add(map[bool]string{true: "true", false: "false"}[*a.Boolean])
	}
	return keys
}

// describe says which element holds the answer's value and what it says; no
// path when the answer holds none.
func describe(a *fhir.Answer) meaning {
	at := func(path, literal string) meaning { return meaning{path: path, literal: literal} }
	switch {
	case a.Coding != nil && (a.Coding.Code != "" || a.Coding.Display != ""):
		return at("valueCoding", a.Coding.System+"|"+a.Coding.Code)
	case a.Coding != nil && (len(a.Weights) > 0 || fhir.Find(a.Coding.Extension, fhir.OrdinalValue) != nil || fhir.Find(a.Coding.Extension, fhir.ItemWeight) != nil):
		return at("valueCoding", "")
	case a.Integer != "":
		return at("valueInteger", string(a.Integer))
	case a.Decimal != "":
		return at("valueDecimal", string(a.Decimal))
	case a.Quantity != nil && a.Quantity.Value != "":
		return at("valueQuantity", string(a.Quantity.Value))
	case strings.TrimSpace(a.String) != "":
		return at("valueString", a.String)
	case a.Time != "":
		return at("valueTime", a.Time)
	case !a.DateTime.IsZero():
		return at("valueDateTime", a.DateTime.Text)
	case a.Boolean != nil:
		return at("valueBoolean", map[bool]string{true: "true", false: "false"}[*a.Boolean])
	case a.Date.Text != "":
		return at("valueDate", a.Date.Text)
	case a.URI != "":
		return at("valueUri", a.URI)
	case a.Reference != nil:
		return at("valueReference", a.Reference.Reference)
	case a.Range != nil || a.Ratio != nil || a.Period != nil || a.CodeableConcept != nil || a.Code != "":
		return at("value[x]", "")
	}
	return meaning{}
}

// pointUnits are units of a number of points.
var pointUnits = []string{"", "1", "{score}", "{points}", "score", "punten", "points"}

// bareNumber is the number of an answer that carries no weight.
func bareNumber(a *fhir.Answer) (*big.Rat, string) {
	switch {
	case a.Coding != nil:
		return nil, "a coded answer without a weight, of which no value is declared"
	case a.Integer != "":
		return exact(a.Integer)
	case a.Decimal != "":
		return exact(a.Decimal)
	case a.Quantity != nil:
		if a.Quantity.Comparator != "" {
			return nil, "the answer is a bound, not a number"
		}
		unit := a.Quantity.Code
		if unit == "" {
			unit = a.Quantity.Unit
		}
		if !slices.Contains(pointUnits, unit) {
			return nil, "the unit of the answer is not that of the item"
		}
		return exact(a.Quantity.Value)
	case a.String != "":
		if n, ok := numeral(a.String); ok {
			return n, ""
		}
		return nil, "words of which no value is declared"
	}
	return nil, "an answer of a type that holds no number"
}

func exact(d fhir.Decimal) (*big.Rat, string) {
	r, err := d.Rat()
	if err != nil {
		return nil, "the answer is not a number"
	}
	return r, ""
}

// numeral reads a string that is a number and nothing else, with a decimal
// point or comma.
func numeral(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 40 || strings.Count(s, ".")+strings.Count(s, ",") > 1 {
		return nil, false
	}
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || !isDigit(digits[0]) || !isDigit(digits[len(digits)-1]) {
		return nil, false
	}
	for k := range len(digits) {
		if !isDigit(digits[k]) && digits[k] != '.' && digits[k] != ',' {
			return nil, false
		}
	}
	return new(big.Rat).SetString(strings.Replace(s, ",", ".", 1))
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
