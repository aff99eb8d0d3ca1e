package prom

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// formVersion is the version of our Questionnaires.
const formVersion = "1.0.0"

// Forms are the FHIR documents that go with the tables, by file name: a
// Questionnaire per instrument and the CodeSystems of options, scores and rules.
func Forms() (map[string][]byte, error) {
	forms := make(map[string][]byte)
	for _, i := range Instruments {
		document, err := i.Questionnaire(nil)
		if err != nil {
			return nil, err
		}
		forms["Questionnaire-"+i.ID+".json"] = document
	}
	for _, codes := range codeSystems() {
		document, err := document(codes)
		if err != nil {
			return nil, err
		}
		forms["CodeSystem-"+codes.ID+".json"] = document
	}
	return forms, nil
}

// Questionnaire is the instrument as a FHIR R4 Questionnaire. Wording is not
// ours to ship, so items and options bear neutral names; a site with a licence
// gives its texts by linkId ("odi.1") and by linkId and value ("odi.1=3").
//
// Without texts it is for validating responses, and lists each option as a Coding and
// as an integer; with texts it is for filling in, and lists Codings only.
func (i *Instrument) Questionnaire(texts map[string]string) ([]byte, error) {
	out := questionnaire{
		ResourceType: "Questionnaire", ID: i.ID, URL: i.Canonical(), Version: formVersion,
		Name: strings.ToUpper(i.ID), Title: i.Title, Status: "active", SubjectType: []string{"Patient"},
		Description: "Structure and option values only: the wording of items and options is not included.",
		Copyright:   i.notice(),
	}
	number := 0
	for k := range i.Items {
		item := &i.Items[k]
		if item.Kind == Words {
			continue // only forms of others ask for them
		}
		number++
		out.Item = append(out.Item, i.question(item, number, texts))
	}
	return document(out)
}

func (i *Instrument) notice() string {
	var notes []string
	if i.Holder != "" {
		notes = append(notes, "The wording of this instrument belongs to "+i.Holder+" and needs the holder's permission.")
	}
	for _, item := range i.Items {
		if item.LOINC != "" {
			notes = append(notes, "Codes from LOINC (https://loinc.org), copyright Regenstrief Institute, Inc., used under the licence at https://loinc.org/license.")
			break
		}
	}
	return strings.Join(notes, " ")
}

type questionnaire struct {
	ResourceType string     `json:"resourceType"`
	ID           string     `json:"id"`
	URL          string     `json:"url"`
	Version      string     `json:"version"`
	Name         string     `json:"name"`
	Title        string     `json:"title"`
	Status       string     `json:"status"`
	SubjectType  []string   `json:"subjectType"`
	Description  string     `json:"description"`
	Copyright    string     `json:"copyright,omitempty"`
	Item         []question `json:"item"`
}

type question struct {
	Extension    []extension `json:"extension,omitempty"`
	LinkID       string      `json:"linkId"`
	Code         []coding    `json:"code,omitempty"`
	Text         string      `json:"text"`
	Type         string      `json:"type"`
	Required     bool        `json:"required"`
	AnswerOption []option    `json:"answerOption,omitempty"`
}

// option is an answer that may be chosen: a Coding or an integer.
type option struct {
	ValueCoding  *coding `json:"valueCoding,omitempty"`
	ValueInteger *int64  `json:"valueInteger,omitempty"`
}

type coding struct {
	Extension []extension `json:"extension,omitempty"`
	System    string      `json:"system"`
	Code      string      `json:"code"`
	Display   string      `json:"display,omitempty"`
}

type extension struct {
	URL          string  `json:"url"`
	ValueInteger *int64  `json:"valueInteger,omitempty"`
	ValueDecimal *int64  `json:"valueDecimal,omitempty"`
	ValueCoding  *coding `json:"valueCoding,omitempty"`
}

const extensionBase = "http://hl7.org/fhir/StructureDefinition/"

// itemTypes are the R4 item types of kinds that have one for all items.
var itemTypes = map[Kind]string{Option: "choice", Rating: "integer", Clock: "time", Minutes: "integer", Hours: "decimal"}

// unitsOf are the UCUM units of the kinds that are durations.
var unitsOf = map[Kind]string{Minutes: "min", Hours: "h"}

func (i *Instrument) question(item *Item, number int, texts map[string]string) question {
	q := question{LinkID: item.ID, Type: itemTypes[item.Kind], Text: texts[item.ID]}
	if q.Text == "" {
		q.Text = neutralText(strings.TrimPrefix(item.ID, i.ID+"."), number)
	}
	if item.LOINC != "" {
		q.Code = []coding{{System: loinc, Code: item.LOINC}}
	}
	if item.Kind == Rating && item.Fractions {
		q.Type = "decimal"
	}
	switch item.Kind {
	case Option:
		for value := item.Min; value <= item.Max; value++ {
			q.AnswerOption = append(q.AnswerOption, item.option(value, texts))
		}
		for value := item.Min; value <= item.Max && len(texts) == 0; value++ {
			q.AnswerOption = append(q.AnswerOption, option{ValueInteger: &value})
		}
	case Rating, Minutes, Hours:
		q.Extension = limits(q.Type, item.Min, item.Max)
	}
	if unit := unitsOf[item.Kind]; unit != "" {
		q.Extension = append(q.Extension, extension{URL: extensionBase + "questionnaire-unit",
			ValueCoding: &coding{System: "http://unitsofmeasure.org", Code: unit, Display: unit}})
	}
	return q
}

func limits(kind string, low, high int64) []extension {
	least, most := extension{URL: extensionBase + "minValue"}, extension{URL: extensionBase + "maxValue"}
	if kind == "integer" {
		least.ValueInteger, most.ValueInteger = &low, &high
	} else {
		least.ValueDecimal, most.ValueDecimal = &low, &high
	}
	return []extension{least, most}
}

func (item *Item) option(value int64, texts map[string]string) option {
	code := strconv.FormatInt(value, 10)
	display := texts[item.ID+"="+code]
	if display == "" {
		display = code
	}
	return option{ValueCoding: &coding{Extension: []extension{ordinal(value)}, System: OptionSystem, Code: code, Display: display}}
}

func ordinal(value int64) extension {
	return extension{URL: fhir.OrdinalValue, ValueDecimal: &value}
}

// neutralText is "Item 3", "Item 5a" or, for items without number, "Item 1 (worst)".
func neutralText(name string, number int) string {
	if isDigit(name[0]) {
		return "Item " + name
	}
	return fmt.Sprintf("Item %d (%s)", number, name)
}

func document(v any) ([]byte, error) {
	b, err := json.MarshalIndent(v, "", "  ")
	return append(b, '\n'), err
}
