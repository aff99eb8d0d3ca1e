package encode

import (
	"net/url"
	"strings"
	"unicode"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	observation "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/observation_go_proto"
	"github.com/pijnpoort/pijnpoort/fhir"
	"google.golang.org/protobuf/proto"
)

// Observation is a quantity that was found, or the reason why there is none
// (http://hl7.org/fhir/R4/observation.html).
type Observation struct {
	ID        string
	Status    string // final, amended, preliminary, cancelled, entered-in-error, unknown, ...
	Category  Coding
	Code      Concept
	Subject   fhir.Reference
	Encounter fhir.Reference
	Effective fhir.DateTime
	Performer []fhir.Reference
	// Value is nil when there is none; then Absent says why.
	Value  *Quantity
	Absent Concept
	Notes  []string
	Method Concept
	// Members are references to the parts of a total, Sources to what it was derived from.
	Members, Sources []fhir.Reference

	// Profile and Identifiers are as in Head.
	Profile     string
	Identifiers []Identifier
	Extensions  []Extension
	// Over is the stretch of time of a mean; then Effective is absent.
	Over Period
	// Between is a value known as an interval; then Value is nil.
	Between  *Range
	BodySite Concept
}

// Concept is codings, words, or both. The zero value is absent.
type Concept struct {
	Codings []Coding
	Text    string
}

// Quantity is an amount in a unit of UCUM.
type Quantity struct {
	Value Decimal
	Code  string // UCUM, which is shown as the unit too
}

func (o *Observation) message() (proto.Message, error) {
	status, err := code[codes.ObservationStatusCode_Value](codes.ObservationStatusCode_Value_value, "status", o.Status)
	if err != nil {
		return nil, err
	}
	effective, err := dateTime(o.Effective)
	if err != nil {
		return nil, err
	}
	over, err := o.Over.message()
	if err != nil {
		return nil, err
	}
	head := Head{ID: o.ID, Profile: o.Profile, Identifiers: o.Identifiers}
	out := &observation.Observation{
		Id:               head.id(),
		Meta:             head.meta(),
		Identifier:       head.identifiers(),
		Extension:        extensions(o.Extensions),
		Status:           &observation.Observation_StatusCode{Value: status},
		Code:             o.Code.message(),
		Subject:          pointer(o.Subject),
		Encounter:        pointer(o.Encounter),
		DataAbsentReason: o.Absent.message(),
		Method:           o.Method.message(),
		Performer:        pointers(o.Performer),
		HasMember:        pointers(o.Members),
		DerivedFrom:      pointers(o.Sources),
		BodySite:         o.BodySite.message(),
	}
	if o.Category.Code != "" {
		out.Category = concepts(Concept{Codings: []Coding{o.Category}})
	}
	if over != nil {
		out.Effective = &observation.Observation_EffectiveX{Choice: &observation.Observation_EffectiveX_Period{Period: over}}
	}
	if effective != nil {
		out.Effective = &observation.Observation_EffectiveX{Choice: &observation.Observation_EffectiveX_DateTime{DateTime: effective}}
	}
	if o.Value != nil {
		out.Value = &observation.Observation_ValueX{Choice: &observation.Observation_ValueX_Quantity{Quantity: o.Value.message()}}
	}
	if o.Between != nil {
		out.Value = &observation.Observation_ValueX{Choice: &observation.Observation_ValueX_Range{Range: o.Between.message()}}
	}
	for _, note := range o.Notes {
		out.Note = append(out.Note, &datatypes.Annotation{Text: &datatypes.Markdown{Value: note}})
	}
	return out, nil
}

func (q *Quantity) message() *datatypes.Quantity {
	return &datatypes.Quantity{
		Value:  &datatypes.Decimal{Value: string(q.Value)},
		Unit:   text(q.Code),
		System: uri(ucum),
		Code:   &datatypes.Code{Value: q.Code},
	}
}

func (c Concept) message() *datatypes.CodeableConcept {
	if len(c.Codings) == 0 && c.Text == "" {
		return nil
	}
	out := &datatypes.CodeableConcept{Text: text(c.Text)}
	for _, coding := range c.Codings {
		out.Coding = append(out.Coding, coding.message())
	}
	return out
}

// pointer is a reference by address or identifier; nil when it has neither. Its
// display, which may be somebody's name, is left out.
func pointer(to fhir.Reference) *datatypes.Reference {
	out := &datatypes.Reference{Type: foreignURI(to.Type)}
	if to.Reference != "" {
		out.Reference = &datatypes.Reference_Uri{Uri: text(to.Reference)}
	}
	if i := to.Identifier; i != nil && i.Value != "" {
		system := foreignURI(i.System)
		if system != nil || i.System == "" { // a value without its system may be somebody else's
			out.Identifier = &datatypes.Identifier{System: system, Value: text(i.Value)}
		}
	}
	if out.Reference == nil && out.Identifier == nil {
		return nil
	}
	return out
}

// foreignURI is a URI that came from outside; nil when it is none.
func foreignURI(s string) *datatypes.Uri {
	if _, err := url.Parse(s); err != nil || strings.ContainsFunc(s, unicode.IsSpace) {
		return nil
	}
	return uri(s)
}

func pointers(to []fhir.Reference) []*datatypes.Reference {
	var list []*datatypes.Reference
	for _, one := range to {
		if p := pointer(one); p != nil {
			list = append(list, p)
		}
	}
	return list
}

var precisions = map[fhir.Precision]datatypes.DateTime_Precision{
	fhir.Year: datatypes.DateTime_YEAR, fhir.Month: datatypes.DateTime_MONTH,
	fhir.Day: datatypes.DateTime_DAY, fhir.Second: datatypes.DateTime_SECOND,
}

// dateTime keeps the precision and the offset; nil for an absent one. Of a second
// no more than six decimals are kept.
func dateTime(t fhir.DateTime) (*datatypes.DateTime, error) {
	precision, ok := precisions[t.Precision]
	switch {
	case t.IsZero():
		return nil, nil
	case !ok:
		return nil, errDate
	}
	out := &datatypes.DateTime{ValueUs: t.Time.UnixMicro(), Timezone: "UTC", Precision: precision}
	if t.Precision != fhir.Second {
		return out, nil
	}
	if zone := strings.LastIndexAny(t.Text, "Z+-"); zone > 0 {
		out.Timezone = t.Text[zone:]
		if _, fraction, ok := strings.Cut(t.Text[:zone], "."); ok {
			out.Precision = datatypes.DateTime_MILLISECOND
			if len(fraction) > len("000") {
				out.Precision = datatypes.DateTime_MICROSECOND
			}
		}
	}
	return out, nil
}
