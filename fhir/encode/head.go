package encode

import (
	"github.com/pijnpoort/pijnpoort/fhir"

	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
)

// Head is what the resources for a registry share. The zero value is absent.
type Head struct {
	ID          string
	Profile     string // canonical, with |version
	Identifiers []Identifier
	Tags        []Coding
}

// Identifier is a business identifier.
type Identifier struct{ System, Value string }

func (h Head) id() *datatypes.Id {
	if h.ID == "" {
		return nil
	}
	return &datatypes.Id{Value: h.ID}
}

func (h Head) meta() *datatypes.Meta {
	if h.Profile == "" && len(h.Tags) == 0 {
		return nil
	}
	out := &datatypes.Meta{}
	if h.Profile != "" {
		out.Profile = []*datatypes.Canonical{{Value: h.Profile}}
	}
	for _, tag := range h.Tags {
		out.Tag = append(out.Tag, tag.message())
	}
	return out
}

func (h Head) identifiers() []*datatypes.Identifier {
	var list []*datatypes.Identifier
	for _, i := range h.Identifiers {
		list = append(list, i.message())
	}
	return list
}

// identifier is the first, for the types that have no more than one.
func (h Head) identifier() *datatypes.Identifier {
	if len(h.Identifiers) == 0 {
		return nil
	}
	return h.Identifiers[0].message()
}

func (i Identifier) message() *datatypes.Identifier {
	return &datatypes.Identifier{System: uri(i.System), Value: text(i.Value)}
}

// Extension is an extension with a code, or with parts.
type Extension struct {
	URL   string
	Code  string
	Parts []Extension
}

func extensions(list []Extension) []*datatypes.Extension {
	var out []*datatypes.Extension
	for _, e := range list {
		one := &datatypes.Extension{Url: uri(e.URL), Extension: extensions(e.Parts)}
		if e.Code != "" {
			one.Value = &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Code{Code: &datatypes.Code{Value: e.Code}}}
		}
		out = append(out, one)
	}
	return out
}

// Period is a stretch of time, open where an end is absent.
type Period struct{ From, Until fhir.DateTime }

// IsZero reports whether neither end is known.
func (p Period) IsZero() bool { return p.From.IsZero() && p.Until.IsZero() }

func (p Period) message() (*datatypes.Period, error) {
	if p.IsZero() {
		return nil, nil
	}
	start, err := dateTime(p.From)
	if err != nil {
		return nil, err
	}
	end, err := dateTime(p.Until)
	return &datatypes.Period{Start: start, End: end}, err
}

// Range is an interval of quantities in one unit of UCUM.
type Range struct {
	Low, High Decimal
	Code      string
}

func (r Range) message() *datatypes.Range {
	return &datatypes.Range{Low: simple(r.Low, r.Code), High: simple(r.High, r.Code)}
}

func simple(value Decimal, unit string) *datatypes.SimpleQuantity {
	return &datatypes.SimpleQuantity{
		Value: &datatypes.Decimal{Value: string(value)}, Unit: text(unit), System: uri(ucum), Code: &datatypes.Code{Value: unit},
	}
}

// instant is a dateTime with a time of day, for elements that take nothing less.
func instant(t fhir.DateTime) (*datatypes.Instant, error) {
	if t.IsZero() {
		return nil, nil
	}
	at, err := dateTime(t)
	if err != nil {
		return nil, err
	}
	precision, ok := instantPrecisions[at.Precision]
	if !ok {
		return nil, errInstant
	}
	return &datatypes.Instant{ValueUs: at.ValueUs, Timezone: at.Timezone, Precision: precision}, nil
}

// concepts is one concept as a list; none for an absent one.
func concepts(list ...Concept) []*datatypes.CodeableConcept {
	var out []*datatypes.CodeableConcept
	for _, c := range list {
		if m := c.message(); m != nil {
			out = append(out, m)
		}
	}
	return out
}
