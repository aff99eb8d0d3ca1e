package rest

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

// Languages are those that people are answered in, in the order of the matcher.
var Languages = []string{"nl", "en"}

var matcher = language.NewMatcher([]language.Tag{language.Dutch, language.English})

// Language is which of the Languages a request prefers
// (https://www.rfc-editor.org/rfc/rfc9110#field.accept-language), else the fallback.
func Language(r *http.Request, fallback string) string {
	preferred := preferences(strings.Join(r.Header.Values("Accept-Language"), ","))
	if len(preferred) == 0 {
		return fallback
	}
	_, index, confidence := matcher.Match(preferred...)
	if confidence == language.No {
		return fallback
	}
	return Languages[index]
}

// preferences are the languages of a header, most wanted first. One that is not known
// or not well-formed does not count, as the others do.
func preferences(header string) []language.Tag {
	const most = 32 // real browsers send a handful
	var known []string
	for entry := range strings.SplitSeq(header, ",") {
		if tags, _, err := language.ParseAcceptLanguage(entry); err == nil && len(tags) > 0 && len(known) < most {
			known = append(known, entry)
		}
	}
	tags, _, err := language.ParseAcceptLanguage(strings.Join(known, ","))
	if err != nil {
		return nil
	}
	return tags
}
