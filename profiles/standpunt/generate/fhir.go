package main

// The parts of FHIR that these resources have in common.

type coding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

type concept struct {
	Coding []coding `json:"coding"`
}

// netherlands is where the standpunt holds.
var netherlands = []concept{{[]coding{{"urn:iso:std:iso:3166", "NL"}}}}

// translated carries the English words beside a Dutch text.
type translated struct {
	Extension []extension `json:"extension"`
}

type extension struct {
	URL         string      `json:"url"`
	Extension   []extension `json:"extension,omitempty"`
	ValueCode   string      `json:"valueCode,omitempty"`
	ValueString string      `json:"valueString,omitempty"`
}

// english is the extension that translates a text.
func english(words string) *translated {
	return &translated{[]extension{{URL: "http://hl7.org/fhir/StructureDefinition/translation", Extension: []extension{
		{URL: "lang", ValueCode: "en"},
		{URL: "content", ValueString: words},
	}}}}
}

type period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}
