package answer

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// issue is OperationOutcome.issue, without the words.
type issue struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
}

// bad reports whether an issue says that something was not done.
func (i issue) bad() bool { return i.Severity == "error" || i.Severity == "fatal" }

// issueCodes are the codes of http://hl7.org/fhir/R4/valueset-issue-type.html; only these
// are repeated in a reason, for anything else could be words of the server.
var issueCodes = func() map[string]bool {
	codes := map[string]bool{}
	for code := range strings.FieldsSeq(`invalid structure required value invariant security login unknown expired forbidden
		suppressed processing not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension
		too-costly business-rule conflict transient lock-error no-store exception timeout incomplete throttled informational`) {
		codes[code] = true
	}
	return codes
}()

// reason says why in a few words: "status 422 Unprocessable Entity (invalid, required)".
func reason(status int, issues []issue) string {
	words := "status " + strconv.Itoa(status)
	if text := http.StatusText(status); text != "" {
		words += " " + text
	}
	var codes []string
	seen := map[string]bool{}
	for _, i := range issues {
		if i.bad() && issueCodes[i.Code] && !seen[i.Code] {
			seen[i.Code] = true
			codes = append(codes, i.Code)
		}
	}
	if len(codes) > 0 {
		words += " (" + strings.Join(codes, ", ") + ")"
	}
	return words
}

// located is the end of a location: Type/id, perhaps of a version (http.html#create).
var located = regexp.MustCompile(`(?:^|/)(([A-Z][A-Za-z]{1,40})/[A-Za-z0-9\-.]{1,64})(?:/_history/([A-Za-z0-9\-.]{1,64}))?/?$`)

// locate reads the type and "Type/id" from a location, absolute or relative.
func locate(location string) (kind, path string) {
	m := located.FindStringSubmatch(location)
	if m == nil {
		return "", ""
	}
	return m[2], m[1]
}

var etag = regexp.MustCompile(`^(?:W/)?"?([A-Za-z0-9\-.]{1,64})"?$`)

// version reads the version from the ETag, else from the location.
func version(tag, location string) string {
	if m := etag.FindStringSubmatch(strings.TrimSpace(tag)); m != nil {
		return m[1]
	}
	if m := located.FindStringSubmatch(location); m != nil {
		return m[3]
	}
	return ""
}
