package mapping

import (
	"encoding/json"
	"slices"
)

// Evidence says where a value comes from.
type Evidence struct {
	Resource string `json:"resource"`       // "Type/id"
	Path     string `json:"path"`           // FHIRPath-like, within the resource
	Value    string `json:"value"`          // the literal as sent
	Date     string `json:"date,omitempty"` // when it was so, as sent
	Via      string `json:"via,omitempty"`  // how it was mapped: "system|code -> concept" or "item linkId"
}

// Kind is the kind of a Value.
type Kind uint8

// The kinds of values.
const (
	Coded   Kind = iota + 1 // Code is one of the codes of the fact
	Truth                   // True
	Numeric                 // Number
	Dated                   // Date
	Text                    // Code holds free words
)

// Value is one value of a fact with all evidence for it.
type Value struct {
	Kind     Kind
	Code     string
	True     bool
	Number   Number
	Date     Date
	Evidence []Evidence
}

// CodeValue, BoolValue, NumberValue, DateValue and TextValue make a value of their kind.
func CodeValue(code string, e ...Evidence) Value { return Value{Kind: Coded, Code: code, Evidence: e} }

// BoolValue makes a Truth.
func BoolValue(b bool, e ...Evidence) Value { return Value{Kind: Truth, True: b, Evidence: e} }

// NumberValue makes a Numeric.
func NumberValue(n Number, e ...Evidence) Value {
	return Value{Kind: Numeric, Number: n, Evidence: e}
}

// DateValue makes a Dated.
func DateValue(d Date, e ...Evidence) Value { return Value{Kind: Dated, Date: d, Evidence: e} }

// TextValue makes a Text.
func TextValue(s string, e ...Evidence) Value { return Value{Kind: Text, Code: s, Evidence: e} }

// Same reports whether two values say the same, whatever their evidence.
func (v Value) Same(w Value) bool {
	return v.Kind == w.Kind && v.Code == w.Code && v.True == w.True && v.Number.Equal(w.Number) &&
		v.Date.First == w.Date.First && v.Date.Last == w.Date.Last
}

// String is the value for people.
func (v Value) String() string {
	switch v.Kind {
	case Truth:
		if v.True {
			return "true"
		}
		return "false"
	case Numeric:
		return v.Number.String()
	case Dated:
		return v.Date.String()
	}
	return v.Code
}

// MarshalJSON writes {"value": ..., "evidence": [...]}.
func (v Value) MarshalJSON() ([]byte, error) {
	var value any = v.Code
	switch v.Kind {
	case Truth:
		value = v.True
	case Numeric:
		value = v.Number
	case Dated:
		value = v.Date
	}
	return json.Marshal(struct {
		Value    any        `json:"value"`
		Evidence []Evidence `json:"evidence"`
	}{value, slices.Clip(append([]Evidence{}, v.Evidence...))})
}

// Fact is what is known about one thing: no values when unknown; several
// distinct ones contradict each other, unless the fact repeats.
type Fact struct {
	ID     string  `json:"fact"`
	Values []Value `json:"values"`
}

// Add takes a value in: evidence joins a value that says the same.
func (f *Fact) Add(v Value) {
	for i := range f.Values {
		if f.Values[i].Same(v) {
			for _, e := range v.Evidence {
				if !slices.Contains(f.Values[i].Evidence, e) {
					f.Values[i].Evidence = append(f.Values[i].Evidence, e)
				}
			}
			return
		}
	}
	f.Values = append(f.Values, v)
}
