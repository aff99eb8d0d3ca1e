package caller

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// parameterKind is how the value of a search parameter is matched
// (https://hl7.org/fhir/R4/search.html#ptypes).
type parameterKind int

const (
	token parameterKind = iota
	reference
	dated
)

// parameter is a search parameter: its kind, and the elements in which it looks. An
// element that ends in [x] is one of several types.
type parameter struct {
	kind     parameterKind
	elements []string
	target   string // type of a reference by its id alone
}

// parameters are those that prefetch queries use. The types that have the same parameter
// have different elements for it, which are listed together.
var parameters = map[string]parameter{
	"_id":                 {token, []string{"id"}, ""},
	"patient":             {reference, []string{"subject", "patient", "for", "beneficiary"}, "Patient"},
	"subject":             {reference, []string{"subject", "for"}, ""},
	"encounter":           {reference, []string{"encounter", "context"}, "Encounter"},
	"code":                {token, []string{"code", "medicationCodeableConcept", "vaccineCode"}, ""},
	"category":            {token, []string{"category"}, ""},
	"class":               {token, []string{"class"}, ""},
	"type":                {token, []string{"type"}, ""},
	"status":              {token, []string{"status"}, ""},
	"intent":              {token, []string{"intent"}, ""},
	"clinical-status":     {token, []string{"clinicalStatus"}, ""},
	"verification-status": {token, []string{"verificationStatus"}, ""},
	"identifier":          {token, []string{"identifier"}, ""},
	"questionnaire":       {token, []string{"questionnaire"}, ""},
	"date":                {dated, []string{"effective[x]", "performed[x]", "period", "date"}, ""},
	"effective":           {dated, []string{"effective[x]"}, ""},
	"authored":            {dated, []string{"authored", "authoredOn"}, ""},
	"authoredon":          {dated, []string{"authoredOn"}, ""},
	"onset-date":          {dated, []string{"onset[x]"}, ""},
	"recorded-date":       {dated, []string{"recordedDate", "assertedDate"}, ""},
	"occurrence":          {dated, []string{"occurrence[x]"}, ""},
}

// of are the values of a parameter in a resource; a list counts as its items.
func (p parameter) of(r *Resource) []any {
	var values []any
	add := func(value any) {
		if list, ok := value.([]any); ok {
			values = append(values, list...)
		} else if value != nil {
			values = append(values, value)
		}
	}
	for _, element := range p.elements {
		stem, choice := strings.CutSuffix(element, "[x]")
		if !choice {
			add(r.content[element])
			continue
		}
		for _, kind := range []string{"DateTime", "Period", "Instant", "Date"} {
			add(r.content[stem+kind])
		}
	}
	return values
}

// condition is what a parameter with a value asks of a resource; values with commas
// between them are alternatives.
func condition(name, value string) (func(*Resource) bool, error) {
	p, ok := parameters[name]
	if !ok {
		return nil, fmt.Errorf("its query has the parameter %s, which is not evaluated here", name)
	}
	var tests []func(any) bool
	for _, one := range strings.Split(value, ",") {
		var test func(any) bool
		switch p.kind {
		case token:
			test = func(have any) bool { return matchesToken(have, one) }
		case reference:
			test = func(have any) bool { return refersTo(have, one, p.target) }
		case dated:
			asked, err := readDateTest(one)
			if err != nil {
				return nil, fmt.Errorf("its parameter %s %w", name, err)
			}
			test = asked.matches
		}
		tests = append(tests, test)
	}
	return func(r *Resource) bool {
		for _, have := range p.of(r) {
			for _, test := range tests {
				if test(have) {
					return true
				}
			}
		}
		return false
	}, nil
}

// matchesToken matches a code, Coding, CodeableConcept or Identifier with "code",
// "system|code", "|code" or "system|" (https://hl7.org/fhir/R4/search.html#token).
func matchesToken(have any, want string) bool {
	system, code, scoped := strings.Cut(want, "|")
	if !scoped {
		system, code = "", want
	}
	switch have := have.(type) {
	case string:
		return have == want || !scoped && strings.EqualFold(have, want)
	case bool:
		return fmt.Sprint(have) == want
	case map[string]any:
		if codings, ok := have["coding"].([]any); ok {
			for _, c := range codings {
				if matchesToken(c, want) {
					return true
				}
			}
			return false
		}
		hasSystem, _ := have["system"].(string)
		hasCode, ok := have["code"].(string)
		if !ok {
			hasCode, _ = have["value"].(string)
		}
		return (!scoped || hasSystem == system) && (code == "" && scoped || hasCode == code && code != "")
	}
	return false
}

// refersTo reports whether a Reference is to "Type/id", or to an id of the target type.
func refersTo(have any, want, target string) bool {
	object, _ := have.(map[string]any)
	to, _ := object["reference"].(string)
	if to == "" {
		return false
	}
	if !strings.Contains(want, "/") {
		if target == "" { // any type
			return to[strings.LastIndexByte(to, '/')+1:] == want
		}
		want = target + "/" + want
	}
	return to == want || strings.HasSuffix(to, "/"+want)
}

// span is a period of time: its first instant, and the first after it; empty is open.
// Both are in UTC and compare as text.
type span struct{ from, until string }

var datePattern = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T.+)?)?)?$`)

// spanOf is the time of a date, dateTime, instant or Period.
func spanOf(value any) (span, bool) {
	switch v := value.(type) {
	case string:
		return spanOfText(v)
	case map[string]any:
		start, hasStart := spanOf(v["start"])
		end, hasEnd := spanOf(v["end"])
		return span{start.from, end.until}, hasStart || hasEnd
	}
	return span{}, false
}

func spanOfText(s string) (span, bool) {
	if !datePattern.MatchString(s) {
		return span{}, false
	}
	var from, until time.Time
	var err error
	switch len(s) {
	case len("2006"):
		from, err = time.Parse("2006", s)
		until = from.AddDate(1, 0, 0)
	case len("2006-01"):
		from, err = time.Parse("2006-01", s)
		until = from.AddDate(0, 1, 0)
	case len(time.DateOnly):
		from, err = time.Parse(time.DateOnly, s)
		until = from.AddDate(0, 0, 1)
	default:
		from, err = time.Parse(time.RFC3339Nano, s)
		until = from.Add(time.Second)
	}
	return span{instant(from), instant(until)}, err == nil
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000") }

// dateTest is a date with a prefix (https://hl7.org/fhir/R4/search.html#prefix).
type dateTest struct {
	prefix string
	span   span
}

// dateTests compare the span of a resource with that of the query.
var dateTests = map[string]func(have, want span) bool{
	"eq": func(have, want span) bool {
		return have.from >= want.from && have.from != "" && have.until <= want.until && have.until != ""
	},
	"lt": func(have, want span) bool { return have.from < want.from },
	"le": func(have, want span) bool { return have.from < want.until },
	"gt": func(have, want span) bool { return have.until == "" || have.until > want.until },
	"ge": func(have, want span) bool { return have.until == "" || have.until > want.from },
}

func readDateTest(text string) (dateTest, error) {
	t := dateTest{prefix: "eq"}
	if len(text) > 2 && text[0] >= 'a' {
		t.prefix, text = text[:2], text[2:]
	}
	var ok bool
	if t.span, ok = spanOfText(text); !ok || dateTests[t.prefix] == nil {
		return t, fmt.Errorf("is no date, or has a prefix that is not evaluated here")
	}
	return t, nil
}

func (t dateTest) matches(value any) bool {
	have, ok := spanOf(value)
	return ok && dateTests[t.prefix](have, t.span)
}
