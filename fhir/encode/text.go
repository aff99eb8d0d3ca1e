package encode

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
)

// Text is a wording by language, such as "nl" and "en".
type Text map[string]string

// translation is the extension that carries the wording in another language than
// the resource's (http://hl7.org/fhir/R4/extension-translation.html).
const translation = "http://hl7.org/fhir/StructureDefinition/translation"

// in gives the wording in the language of the resource, with the others as
// translations; nil when there is no wording at all.
func (t Text) in(language string) *datatypes.String {
	if t[language] == "" {
		return nil
	}
	return &datatypes.String{Value: t[language], Extension: t.translations(language)}
}

// markdown is in for an element of type markdown.
func (t Text) markdown(language string) *datatypes.Markdown {
	if t[language] == "" {
		return nil
	}
	return &datatypes.Markdown{Value: t[language], Extension: t.translations(language)}
}

func (t Text) translations(language string) []*datatypes.Extension {
	var list []*datatypes.Extension
	for _, other := range slices.Sorted(maps.Keys(t)) {
		if other == language || t[other] == "" {
			continue
		}
		list = append(list, &datatypes.Extension{
			Url: &datatypes.Uri{Value: translation},
			Extension: []*datatypes.Extension{
				extension("lang", &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Code{Code: &datatypes.Code{Value: other}}}),
				extension("content", &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_StringValue{StringValue: &datatypes.String{Value: t[other]}}}),
			},
		})
	}
	return list
}

func extension(url string, value *datatypes.Extension_ValueX) *datatypes.Extension {
	return &datatypes.Extension{Url: &datatypes.Uri{Value: url}, Value: value}
}

func text(s string) *datatypes.String {
	if s == "" {
		return nil
	}
	return &datatypes.String{Value: strings.Map(printable, s)}
}

// printable puts U+FFFD for the control characters that a FHIR string cannot hold
// (http://hl7.org/fhir/R4/datatypes.html#string).
func printable(c rune) rune {
	if unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r' {
		return unicode.ReplacementChar
	}
	return c
}

func uri(s string) *datatypes.Uri {
	if s == "" {
		return nil
	}
	return &datatypes.Uri{Value: s}
}

func truth(b bool) *datatypes.Boolean {
	if !b {
		return nil
	}
	return &datatypes.Boolean{Value: true}
}
