package encode

import (
	"errors"
	"fmt"
	"time"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	response "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/questionnaire_response_go_proto"
	"github.com/pijnpoort/pijnpoort/fhir"
	"google.golang.org/protobuf/proto"
)

// QuestionnaireResponse is a form filled in, wholly or in part
// (http://hl7.org/fhir/R4/questionnaireresponse.html).
type QuestionnaireResponse struct {
	ID            string // empty for one that the receiver is to number
	Questionnaire string // canonical
	Status        string // in-progress, completed, amended
	Subject       string // "Type/id"; empty when it is not known
	Items         []ResponseItem

	// Profile and Identifiers are as in Head; no more than one identifier is written.
	Profile     string
	Identifiers []Identifier
	Authored    fhir.DateTime
}

// ResponseItem holds the answers to an item, or the items of a group.
type ResponseItem struct {
	LinkID  string
	Answers []Answer
	Items   []ResponseItem
	// Sources are references to the resources of which the answers are copies.
	Sources []string
}

// Answer is one answer: Boolean, Integer, Decimal, Date, Time, String or Coding.
type Answer interface {
	answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error)
}

// The types of answers.
type (
	// Boolean is yes or no.
	Boolean bool
	// Integer is a whole number.
	Integer int32
	// Decimal is a number as it is written.
	Decimal string
	// Date is YYYY, YYYY-MM or YYYY-MM-DD.
	Date string
	// Time is a time of day as hh:mm:ss.
	Time string
	// String is free text.
	String string
	// Coding is a code of a system; Display may be empty.
	Coding struct{ System, Code, Display string }
)

func (q *QuestionnaireResponse) message() (proto.Message, error) {
	status, err := code[codes.QuestionnaireResponseStatusCode_Value](codes.QuestionnaireResponseStatusCode_Value_value, "status", q.Status)
	if err != nil {
		return nil, err
	}
	authored, err := dateTime(q.Authored)
	if err != nil {
		return nil, err
	}
	head := Head{ID: q.ID, Profile: q.Profile, Identifiers: q.Identifiers}
	out := &response.QuestionnaireResponse{
		Id:            head.id(),
		Meta:          head.meta(),
		Identifier:    head.identifier(),
		Authored:      authored,
		Questionnaire: &datatypes.Canonical{Value: q.Questionnaire},
		Status:        &response.QuestionnaireResponse_StatusCode{Value: status},
	}
	if q.Subject != "" {
		out.Subject = reference(q.Subject)
	}
	out.Item, err = answered(q.Items)
	return out, err
}

var errTime = errors.New("not a time as hh:mm:ss")

func reference(to string) *datatypes.Reference {
	return &datatypes.Reference{Reference: &datatypes.Reference_Uri{Uri: text(to)}}
}

func answered(items []ResponseItem) ([]*response.QuestionnaireResponse_Item, error) {
	var list []*response.QuestionnaireResponse_Item
	for i := range items {
		it := &items[i]
		out := &response.QuestionnaireResponse_Item{LinkId: text(it.LinkID)}
		for _, source := range it.Sources {
			out.Extension = append(out.Extension, extension(fhir.AnswerSource, &datatypes.Extension_ValueX{
				Choice: &datatypes.Extension_ValueX_Reference{Reference: reference(source)}}))
		}
		for _, a := range it.Answers {
			value, err := a.answer()
			if err != nil {
				return nil, fmt.Errorf("item %s: %w", it.LinkID, err)
			}
			out.Answer = append(out.Answer, &response.QuestionnaireResponse_Item_Answer{Value: value})
		}
		var err error
		if out.Item, err = answered(it.Items); err != nil {
			return nil, err
		}
		list = append(list, out)
	}
	return list, nil
}

func (a Boolean) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_Boolean{
		Boolean: &datatypes.Boolean{Value: bool(a)}}}, nil
}

func (a Integer) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_Integer{
		Integer: &datatypes.Integer{Value: int32(a)}}}, nil
}

func (a Decimal) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_Decimal{
		Decimal: &datatypes.Decimal{Value: string(a)}}}, nil
}

func (a String) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_StringValue{
		StringValue: &datatypes.String{Value: string(a)}}}, nil
}

func (a Coding) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_Coding{
		Coding: a.message()}}, nil
}

func (a Coding) message() *datatypes.Coding {
	return &datatypes.Coding{System: uri(a.System), Code: &datatypes.Code{Value: a.Code}, Display: text(a.Display)}
}

func (a Date) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	date, err := a.message()
	if err != nil {
		return nil, err
	}
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_Date{Date: date}}, nil
}

func (a Time) answer() (*response.QuestionnaireResponse_Item_Answer_ValueX, error) {
	if !fhir.IsTime(string(a)) {
		return nil, errTime
	}
	at, err := time.Parse("15:04:05.999999", string(a))
	if err != nil {
		return nil, errTime // the error of the parser would hold the value
	}
	value := &datatypes.Time{ValueUs: at.Sub(at.Truncate(24 * time.Hour)).Microseconds(), Precision: datatypes.Time_SECOND}
	return &response.QuestionnaireResponse_Item_Answer_ValueX{Choice: &response.QuestionnaireResponse_Item_Answer_ValueX_Time{Time: value}}, nil
}
