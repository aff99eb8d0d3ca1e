package encode

import (
	"fmt"
	"strconv"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	questionnaire "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/questionnaire_go_proto"
	"google.golang.org/protobuf/proto"
)

// Questionnaire is a form in use (http://hl7.org/fhir/R4/questionnaire.html).
type Questionnaire struct {
	ID, URL, Version, Name string
	Language               string // of the resource; other languages come as translations
	Title, Description     Text
	Publisher              string
	DerivedFrom            []string // canonicals
	Subject                string   // the resource type the form is about
	Items                  []Item
}

// Item is a question, or a group of them.
type Item struct {
	LinkID  string
	Text    Text
	Type    string // group, boolean, choice, decimal, integer, date, string, ...
	Repeats bool
	// Required items must be answered.
	Required bool
	// ReadOnly items show an answer that is not the reader's to change.
	ReadOnly bool
	// Unit is the UCUM code of a number.
	Unit string
	// Least and Most bound a number; nil is no bound.
	Least, Most *int32
	Options     []Option
	// EnableWhen holds the conditions under which the item is asked: all of them,
	// or one of them when Any is set.
	EnableWhen []Condition
	Any        bool
	Items      []Item
}

// Option is an answer that may be chosen.
type Option struct {
	System, Code string
	Display      Text
	Ordinal      string // weight of the answer; empty when it has none
}

// Operator is how a Condition holds the answers to its question against its own.
type Operator string

// The operators in use. Exists takes a Boolean, the others any answer; NotEqual
// holds for a question without answer too.
const (
	Exists   Operator = "exists"
	Equal    Operator = "equals"
	NotEqual Operator = "not-equal-to"
)

// Condition is one condition on the answers to another item.
type Condition struct {
	Question string // linkId
	Operator Operator
	Answer   Answer // Boolean or Coding
}

const (
	unitExtension    = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
	leastExtension   = "http://hl7.org/fhir/StructureDefinition/minValue"
	mostExtension    = "http://hl7.org/fhir/StructureDefinition/maxValue"
	ordinalExtension = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
	ucum             = "http://unitsofmeasure.org"
)

func (q *Questionnaire) message() (proto.Message, error) {
	subject, ok := subjects[q.Subject]
	if !ok {
		return nil, fmt.Errorf("subjectType: no form of ours is about %q", q.Subject)
	}
	out := &questionnaire.Questionnaire{
		Id:          &datatypes.Id{Value: q.ID},
		Url:         uri(q.URL),
		Version:     text(q.Version),
		Name:        text(q.Name),
		Language:    &datatypes.Code{Value: q.Language},
		Title:       q.Title.in(q.Language),
		Description: q.Description.markdown(q.Language),
		Publisher:   text(q.Publisher),
		Status:      &questionnaire.Questionnaire_StatusCode{Value: codes.PublicationStatusCode_ACTIVE},
		SubjectType: []*questionnaire.Questionnaire_SubjectTypeCode{{Value: subject}},
	}
	for _, canonical := range q.DerivedFrom {
		out.DerivedFrom = append(out.DerivedFrom, &datatypes.Canonical{Value: canonical})
	}
	items, err := questions(q.Items, q.Language)
	out.Item = items
	return out, err
}

// subjects are what our forms are about.
var subjects = map[string]codes.ResourceTypeCode_Value{
	"Patient": codes.ResourceTypeCode_PATIENT, "Organization": codes.ResourceTypeCode_ORGANIZATION,
}

func questions(items []Item, language string) ([]*questionnaire.Questionnaire_Item, error) {
	var list []*questionnaire.Questionnaire_Item
	for i := range items {
		q, err := question(&items[i], language)
		if err != nil {
			return nil, fmt.Errorf("item %s: %w", items[i].LinkID, err)
		}
		list = append(list, q)
	}
	return list, nil
}

func question(it *Item, language string) (*questionnaire.Questionnaire_Item, error) {
	kind, err := code[codes.QuestionnaireItemTypeCode_Value](codes.QuestionnaireItemTypeCode_Value_value, "type", it.Type)
	if err != nil {
		return nil, err
	}
	out := &questionnaire.Questionnaire_Item{
		LinkId:    text(it.LinkID),
		Text:      it.Text.in(language),
		Type:      &questionnaire.Questionnaire_Item_TypeCode{Value: kind},
		Repeats:   truth(it.Repeats),
		Required:  truth(it.Required),
		ReadOnly:  truth(it.ReadOnly),
		Extension: numberExtensions(it),
	}
	for _, o := range it.Options {
		out.AnswerOption = append(out.AnswerOption, o.message(language))
	}
	for _, c := range it.EnableWhen {
		when, err := c.message()
		if err != nil {
			return nil, err
		}
		out.EnableWhen = append(out.EnableWhen, when)
	}
	if len(it.EnableWhen) > 1 {
		behavior := codes.EnableWhenBehaviorCode_ALL
		if it.Any {
			behavior = codes.EnableWhenBehaviorCode_ANY
		}
		out.EnableBehavior = &questionnaire.Questionnaire_Item_EnableBehaviorCode{Value: behavior}
	}
	out.Item, err = questions(it.Items, language)
	return out, err
}

func numberExtensions(it *Item) []*datatypes.Extension {
	var list []*datatypes.Extension
	if it.Least != nil {
		list = append(list, extension(leastExtension, bound(it.Type, *it.Least)))
	}
	if it.Most != nil {
		list = append(list, extension(mostExtension, bound(it.Type, *it.Most)))
	}
	if it.Unit != "" {
		list = append(list, extension(unitExtension, &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Coding{
			Coding: &datatypes.Coding{System: uri(ucum), Code: &datatypes.Code{Value: it.Unit}, Display: text(it.Unit)}}}))
	}
	return list
}

// bound is of the type of the answers it bounds.
func bound(kind string, value int32) *datatypes.Extension_ValueX {
	if kind == "integer" {
		return &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Integer{Integer: &datatypes.Integer{Value: value}}}
	}
	return decimalExtension(strconv.Itoa(int(value)))
}

func (o *Option) message(language string) *questionnaire.Questionnaire_Item_AnswerOption {
	coding := &datatypes.Coding{System: uri(o.System), Code: &datatypes.Code{Value: o.Code}, Display: o.Display.in(language)}
	if o.Ordinal != "" {
		coding.Extension = []*datatypes.Extension{extension(ordinalExtension, decimalExtension(o.Ordinal))}
	}
	return &questionnaire.Questionnaire_Item_AnswerOption{Value: &questionnaire.Questionnaire_Item_AnswerOption_ValueX{
		Choice: &questionnaire.Questionnaire_Item_AnswerOption_ValueX_Coding{Coding: coding}}}
}

func decimalExtension(value string) *datatypes.Extension_ValueX {
	return &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Decimal{Decimal: &datatypes.Decimal{Value: value}}}
}

func (c *Condition) message() (*questionnaire.Questionnaire_Item_EnableWhen, error) {
	operator, err := code[codes.QuestionnaireItemOperatorCode_Value](codes.QuestionnaireItemOperatorCode_Value_value, "operator", string(c.Operator))
	if err != nil {
		return nil, err
	}
	out := &questionnaire.Questionnaire_Item_EnableWhen{
		Question: text(c.Question),
		Operator: &questionnaire.Questionnaire_Item_EnableWhen_OperatorCode{Value: operator},
	}
	switch a := c.Answer.(type) {
	case Boolean:
		out.Answer = &questionnaire.Questionnaire_Item_EnableWhen_AnswerX{Choice: &questionnaire.Questionnaire_Item_EnableWhen_AnswerX_Boolean{
			Boolean: &datatypes.Boolean{Value: bool(a)}}}
	case Coding:
		out.Answer = &questionnaire.Questionnaire_Item_EnableWhen_AnswerX{Choice: &questionnaire.Questionnaire_Item_EnableWhen_AnswerX_Coding{
			Coding: a.message()}}
	default:
		return nil, fmt.Errorf("enableWhen: %T cannot be compared with", c.Answer)
	}
	return out, nil
}
