package cdshooks

import (
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"
)

// languages are those that cards and discovery are in, in the order of the matcher.
var languages = []string{"nl", "en"}

var matcher = language.NewMatcher([]language.Tag{language.Dutch, language.English})

// language is what the caller prefers of what we speak
// (https://www.rfc-editor.org/rfc/rfc9110#field.accept-language), else the default.
func (s *server) language(c *gin.Context) string {
	preferred := preferences(strings.Join(c.Request.Header.Values("Accept-Language"), ","))
	if len(preferred) == 0 {
		return s.Language
	}
	_, index, confidence := matcher.Match(preferred...)
	if confidence == language.No {
		return s.Language
	}
	return languages[index]
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
