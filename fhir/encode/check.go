package encode

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/google/fhir/go/fhirversion"
	"github.com/google/fhir/go/jsonformat"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Check reads a resource strictly as R4, no deeper than depth, and gives what is wrong with
// it: elements that R4 does not have, values of another type, codes that are not of their
// required value set, required elements that are missing, references to the wrong types.
// No issue holds a value of the resource; paths start at its type.
func Check(resource []byte, depth int) (issues []fhir.Issue) {
	defer func() {
		if recover() != nil { // the reader is not ours; what it panics with may quote the resource
			issues = []fhir.Issue{problem("", "cannot be read")}
		}
	}()
	u, err := jsonformat.NewUnmarshaller("UTC", fhirversion.R4)
	if err != nil {
		return []fhir.Issue{problem("", "cannot be read")}
	}
	u.MaxNestingDepth = depth
	found := &problems{}
	if _, err := u.UnmarshalWithErrorReporter(resource, found); err != nil {
		found.add(err)
	}
	return found.inOrder()
}

// problems gathers what the reader reports.
type problems struct{ issues []fhir.Issue }

// ReportValidationError implements errorreporter.ErrorReporter.
func (p *problems) ReportValidationError(_ string, err error) error {
	p.add(err)
	return nil
}

// ReportValidationWarning implements errorreporter.ErrorReporter.
func (p *problems) ReportValidationWarning(string, error) error { return nil }

// located is how the reader words an error: a place, and what is wrong there, which by its
// promise holds no data. One error may be several lines.
var located = regexp.MustCompile(`^error at "([^"]*)": (.*)$`)

// place is what a path looks like whose names are those of elements.
var place = regexp.MustCompile(`^[A-Za-z0-9\[\].]{1,300}$`)

// mostProblems bounds what is said of one resource.
const mostProblems = 20

// inOrder is what was found, by path and reason: the reader meets the elements of a resource
// in no order of its own.
func (p *problems) inOrder() []fhir.Issue {
	slices.SortFunc(p.issues, func(a, b fhir.Issue) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Reason, b.Reason))
	})
	return p.issues[:min(len(p.issues), mostProblems)]
}

func (p *problems) add(err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		path, reason := "", line
		if parts := located.FindStringSubmatch(line); parts != nil {
			path, reason = parts[1], parts[2]
		}
		switch {
		case reason == "unknown resource type", !place.MatchString(path): // a name of the sender's own
			path = ""
		case reason == "unknown field": // in what the path names
			path += ".*"
		}
		p.issues = append(p.issues, problem(path, reason))
	}
}

func problem(path, reason string) fhir.Issue {
	return fhir.Issue{Severity: fhir.SeverityError, Code: "invalid", Path: path, Reason: reason}
}
