package advice

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/intake"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// evidence is "Condition/c onsetDateTime 2019-03 (2024-05-01)"; the date is left
// out where it is the value.
func evidence(e mapping.Evidence) string {
	text := e.Resource
	if e.Path != "" {
		text += " " + e.Path
	}
	if e.Value != "" {
		text += " " + shortCode(e.Value)
	}
	if e.Date != "" && !strings.Contains(e.Value, e.Date) {
		text += " (" + day(e.Date) + ")"
	}
	return text
}

// short is evidence with the value first and without the path: "7 (2024-05-01)
// Observation/o".
func short(e mapping.Evidence) string {
	text := shortCode(e.Value)
	if e.Date != "" && !strings.Contains(e.Value, e.Date) {
		text += " (" + day(e.Date) + ")"
	}
	return strings.TrimSpace(text + " " + e.Resource)
}

// day is the date of a FHIR dateTime.
func day(date string) string {
	before, _, _ := strings.Cut(date, "T")
	return before
}

// shortCode leaves the system out of "system|code".
func shortCode(value string) string {
	system, code, found := strings.Cut(value, "|")
	if found && (strings.Contains(system, "://") || strings.HasPrefix(system, "urn:")) {
		return code
	}
	return value
}

var (
	answerYes = standpunt.Text{NL: "ja", EN: "yes"}
	answerNo  = standpunt.Text{NL: "nee", EN: "no"}
)

// answer is an answer as a person would say it; several stand side by side,
// joined by " + ".
func answer(to, lang string) string {
	switch to {
	case "true":
		return answerYes.In(lang)
	case "false":
		return answerNo.In(lang)
	}
	parts := strings.Split(to, " + ")
	for i, code := range parts {
		parts[i] = intake.Display(signs.Replace(code), lang)
	}
	return strings.Join(parts, " + ")
}

// signs writes comparisons as in print, without a gap where a line could break.
var signs = strings.NewReplacer(">= ", "≥", "<= ", "≤", "> ", ">", "< ", "<")
