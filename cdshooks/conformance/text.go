package conformance

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

func oneOf(values ...string) func(string) string {
	return func(s string) string {
		if !slices.Contains(values, s) {
			return "must be one of " + strings.Join(values, ", ")
		}
		return ""
	}
}

// below asks for fewer characters, however a client counts them.
func below(limit int) func(string) string {
	return func(s string) string {
		if utf8.RuneCountInString(s) >= limit || len(utf16.Encode([]rune(s))) >= limit {
			return "is too long"
		}
		return ""
	}
}

func oneLine(s string) string {
	if strings.ContainsAny(s, "\r\n") {
		return "must be one line"
	}
	return ""
}

func matching(pattern, what string) func(string) string {
	compiled := regexp.MustCompile(pattern)
	return func(s string) string {
		if !compiled.MatchString(s) {
			return "must be " + what
		}
		return ""
	}
}

var uuid4 = matching(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, "a UUID of version 4")

func absoluteURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() || u.Host == "" {
		return "must be an absolute URL"
	}
	return ""
}

var uri = matching(`^[a-z][a-z0-9+.-]*:\S+$`, "a URI")

var (
	tokens     = regexp.MustCompile(`\{\{[^}]*\}\}`)
	rootTokens = regexp.MustCompile(`^\{\{(context\.[A-Za-z0-9_]+|userPractitionerId|userPractitionerRoleId|userPatientId|userRelatedPersonId)\}\}$`)
	readForm   = regexp.MustCompile(`^[A-Z][A-Za-z]+/x$`)
	searchForm = regexp.MustCompile(`^[A-Z][A-Za-z]+\?\S+$`)
)

// modifiers are those of the recommended subset of search.
var modifiers = []string{"", "in"}

// prefetchQuery is a read or a search in the subset that CDS Hooks recommends
// (https://cds-hooks.hl7.org/2.0/#prefetch-query-restrictions).
func prefetchQuery(s string) string {
	for _, t := range tokens.FindAllString(s, -1) {
		if !rootTokens.MatchString(t) {
			return "has a token that is no member of the context and no user identifier"
		}
	}
	filled := tokens.ReplaceAllString(s, "x")
	if strings.ContainsAny(filled, "{}") {
		return "has a token that is not closed"
	}
	if readForm.MatchString(filled) {
		return ""
	}
	if !searchForm.MatchString(filled) {
		return "is neither a read nor a search of one type"
	}
	_, query, _ := strings.Cut(filled, "?")
	for _, parameter := range strings.Split(query, "&") {
		name, value, ok := strings.Cut(parameter, "=")
		base, modifier, _ := strings.Cut(name, ":")
		switch {
		case !ok || value == "":
			return "has a parameter without value"
		case strings.HasPrefix(base, "_") && base != "_count" && base != "_sort" && base != "_id":
			return "has the parameter " + base
		case strings.Contains(base, ".") || !slices.Contains(modifiers, modifier):
			return "has a chain or a modifier"
		}
	}
	return ""
}
