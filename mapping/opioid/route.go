package opioid

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Route is how an opioid enters the body, as far as factors differ by it. The
// zero value is not known.
type Route string

// The routes.
const (
	Oral        Route = "oral"
	Transdermal Route = "transdermal"
	Sublingual  Route = "sublingual" // tablet or lozenge, under the tongue or in the cheek
	Film        Route = "film"       // film in the cheek or under the tongue
	Nasal       Route = "nasal"      // spray on a mucous membrane
	Rectal      Route = "rectal"
	Parenteral  Route = "parenteral"
)

type code struct{ system, code string }

// routeCodes are SNOMED CT, EDQM and G-Standaard (thesaurus 9) routes of administration.
var routeCodes = map[code]Route{
	{"http://snomed.info/sct", "26643006"}:       Oral,
	{"http://snomed.info/sct", "37161004"}:       Rectal,
	{"http://snomed.info/sct", "46713006"}:       Nasal,
	{"http://snomed.info/sct", "37839007"}:       Sublingual,
	{"http://snomed.info/sct", "54471007"}:       Sublingual,
	{"http://snomed.info/sct", "45890007"}:       Transdermal,
	{"http://snomed.info/sct", "47625008"}:       Parenteral,
	{"http://snomed.info/sct", "34206005"}:       Parenteral,
	{"http://snomed.info/sct", "78421000"}:       Parenteral,
	{"http://standardterms.edqm.eu", "20053000"}: Oral,
	{"http://standardterms.edqm.eu", "20067000"}: Sublingual,
	{"http://standardterms.edqm.eu", "20070000"}: Transdermal,
	{"urn:oid:2.16.840.1.113883.2.4.4.9", "9"}:   Oral,
	{"urn:oid:2.16.840.1.113883.2.4.4.9", "12"}:  Rectal,
	{"urn:oid:2.16.840.1.113883.2.4.4.9", "5"}:   Parenteral,
}

// routeWords tell the route from the words of a route, a form or a product name;
// the first row that occurs in the text decides, so the telling ones come first.
var routeWords = []struct {
	words []string
	route Route
}{
	{[]string{"injec", "inj", "infu", "ampul", "intraven", "subcut", "intramusc", "intratec", "intratheca", "epidur", "parenter", "wwsp"}, Parenteral},
	{[]string{"pleister", "patch", "transderm", "percutaan", "cutaan"}, Transdermal},
	{[]string{"neusspray", "nasa", "neus", "intranasaal", "mondspray", "oromucosal spray"}, Nasal},
	{[]string{"buccal film", "sublingual film", "filmoromucosal", "soluble film", "smeltfilm", "buccale film"}, Film},
	{[]string{"sublingu", "oromucos", "buccaal", "buccal", "onder de tong", "zuigtablet", "lozenge"}, Sublingual},
	{[]string{"zetpil", "rectaa", "rectal", "suppos", "klysma"}, Rectal},
	{[]string{"oraa", "oral", "per os", "tablet", "capsule", "drank", "tabl ", "caps ", "siroop", "granulaat"}, Oral},
}

// routeIn reads the route from words; empty when they do not tell.
func routeIn(text string) Route {
	text = plain(text) + " "
	for _, row := range routeWords {
		for _, w := range row.words {
			if strings.Contains(text, w) {
				return row.route
			}
		}
	}
	return ""
}

// routeOf reads a coded or worded route or form.
func routeOf(c *fhir.CodeableConcept) Route {
	if c == nil {
		return ""
	}
	for _, coding := range c.Coding {
		if r := routeCodes[code{coding.System, coding.Code}]; r != "" {
			return r
		}
	}
	for _, words := range concepts(c) {
		if r := routeIn(words); r != "" {
			return r
		}
	}
	return ""
}

// concepts are the words of a concept: its text and the displays of its codings.
func concepts(c *fhir.CodeableConcept) []string {
	if c == nil {
		return nil
	}
	list := make([]string, 0, 1+len(c.Coding))
	if c.Text != "" {
		list = append(list, c.Text)
	}
	for _, coding := range c.Coding {
		if coding.Display != "" {
			list = append(list, coding.Display)
		}
	}
	return list
}
