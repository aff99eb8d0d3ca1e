package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// fate is what became of a resource.
type fate int

// The fates. A resource that several patients share has the best that it had with any.
const (
	unknown fate = iota
	rejected
	ignored
	accepted
)

// ledger notes what became of every resource, by its place in what was sent.
type ledger struct {
	fate   map[string]fate
	issues map[string][]fhir.Issue // why it was not accepted
	order  []string
	counts [4]int
	// remarks are about what was accepted all the same.
	remarks []fhir.Issue
	// refused are places of which nothing is taken, whatever stands there.
	refused map[string]bool
	said    map[fhir.Issue]bool
}

func newLedger() *ledger {
	return &ledger{fate: map[string]fate{}, issues: map[string][]fhir.Issue{}, refused: map[string]bool{}, said: map[fhir.Issue]bool{}}
}

// note gives a resource a fate, unless it had a better one.
func (l *ledger) note(at string, f fate, issues []fhir.Issue) {
	before, seen := l.fate[at]
	if seen && (before >= f || l.refused[at]) {
		return
	}
	if !seen {
		l.order = append(l.order, at)
	} else {
		l.counts[before]--
	}
	l.fate[at], l.issues[at] = f, issues
	l.counts[f]++
}

func (l *ledger) accept(at string) { l.note(at, accepted, nil) }

func (l *ledger) ignore(at, reason string) {
	if reason == "" {
		reason = "nothing in it is registered"
	}
	l.note(at, ignored, []fhir.Issue{{Severity: fhir.SeverityInformation, Code: "informational", Path: at, Reason: "ignored: " + reason}})
}

func (l *ledger) reject(at, path, code, reason string) {
	l.note(at, rejected, []fhir.Issue{{Severity: fhir.SeverityError, Code: code, Path: path, Reason: "rejected: " + reason}})
}

// rejectFor rejects a resource for what is wrong as R4; paths in it follow its place.
func (l *ledger) rejectFor(at string, issues []fhir.Issue) {
	list := make([]fhir.Issue, len(issues))
	for n, issue := range issues {
		issue.Path, issue.Reason = within(at, issue.Path), "rejected: "+issue.Reason
		list[n] = issue
	}
	l.note(at, rejected, list)
}

// rejectAll rejects resources for one reason.
func (l *ledger) rejectAll(resources []fhir.Resource, code, reason string) {
	for _, r := range resources {
		at := r.Head().Origin.Path
		l.reject(at, at, code, reason)
	}
}

// withdraw rejects what was accepted before.
func (l *ledger) withdraw(places []string, reason string) {
	for _, at := range places {
		l.counts[l.fate[at]]--
		l.fate[at] = unknown
		l.counts[unknown]++
		l.reject(at, at, "conflict", reason)
	}
}

// fates notes what the reader rejected and skipped.
func (l *ledger) fates(chart *fhir.Chart) {
	for _, f := range chart.Rejected {
		l.reject(resourcePlace(f.Path), f.Path, "invalid", f.Reason)
	}
	for _, f := range chart.Skipped {
		l.ignore(resourcePlace(f.Path), f.Reason)
	}
	l.remark(chart.Issues)
}

// remark notes what the reader remarked, once.
func (l *ledger) remark(issues []fhir.Issue) {
	for _, issue := range issues {
		issue.Resource = "" // the id may be a number of the hospital's
		if !l.said[issue] {
			l.said[issue] = true
			l.remarks = append(l.remarks, issue)
		}
	}
}

// received is how many resources came in.
func (l *ledger) received() int { return len(l.order) }

// number is an index in a place.
var number = regexp.MustCompile(`\d+`)

// inDocument is the order of places in the document.
func inDocument(a, b string) int {
	padded := func(at string) string {
		return number.ReplaceAllStringFunc(at, func(n string) string { return fmt.Sprintf("%9s", n) })
	}
	return cmp.Compare(padded(a), padded(b))
}

// outcome is the OperationOutcome of it all.
func (l *ledger) outcome() ([]byte, error) {
	severity, code := fhir.SeverityInformation, "informational"
	if l.counts[accepted] == 0 {
		severity, code = fhir.SeverityError, "processing"
	}
	issues := encode.OperationOutcome{{Severity: severity, Code: code, Reason: fmt.Sprintf(
		"received %d = accepted %d + ignored %d + rejected %d", l.received(), l.counts[accepted], l.counts[ignored], l.counts[rejected])}}
	for _, at := range slices.SortedFunc(slices.Values(l.order), inDocument) {
		issues = append(issues, l.issues[at]...)
	}
	return encode.JSON(append(issues, l.remarks...))
}
