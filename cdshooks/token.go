package cdshooks

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	tokenPattern = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	todayPattern = regexp.MustCompile(`^today\(\)(?:\s*([+-])\s*([0-9]{1,5}) days?)?$`)
)

// userTypes are the tokens that stand for the user, with the type the user must be of.
var userTypes = map[string]string{
	"userPractitionerId":     "Practitioner/",
	"userPractitionerRoleId": "PractitionerRole/",
	"userPatientId":          "Patient/",
	"userRelatedPersonId":    "RelatedPerson/",
}

// resolve fills in the tokens of a prefetch template; ok is false when one has no value.
func (c *Context) resolve(template string, now time.Time) (query string, ok bool) {
	ok = true
	query = tokenPattern.ReplaceAllStringFunc(template, func(token string) string {
		value := c.token(strings.TrimSpace(token[2:len(token)-2]), now)
		ok = ok && value != ""
		return value
	})
	return query, ok
}

// token is the value of one token; empty when it has none.
func (c *Context) token(name string, now time.Time) string {
	if prefix, known := userTypes[name]; known {
		id, is := strings.CutPrefix(c.UserID, prefix)
		if !is {
			return ""
		}
		return id
	}
	if field, is := strings.CutPrefix(name, "context."); is {
		if value := c.primitives[field]; idPattern.MatchString(value) || referencePattern.MatchString(value) {
			return value
		}
		return ""
	}
	if parts := todayPattern.FindStringSubmatch(name); parts != nil {
		days, _ := strconv.Atoi(parts[1] + parts[2]) // none is 0
		return now.AddDate(0, 0, days).Format(time.DateOnly)
	}
	return ""
}
