package decode

import (
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// maxRemarks is how many issues about single elements a chart tells; of more
// it tells the number, so that input made of faults stays cheap. Issues about
// whole resources are as few as the limit on entries makes them.
const maxRemarks = 1000

// remarks counts the issues about single elements, told or not.
type remarks int

// next counts one more and reports whether the chart is to tell it.
func (n *remarks) next() bool {
	*n++
	return *n <= maxRemarks
}

// close adds to the chart how many were not told.
func (n remarks) close(c *fhir.Chart) {
	if n <= maxRemarks {
		return
	}
	c.Issues = append(c.Issues, fhir.Issue{Severity: fhir.SeverityError, Code: codeTooCostly,
		Reason: strconv.Itoa(int(n-maxRemarks)) + " more elements were left out; only the first " + strconv.Itoa(maxRemarks) + " are told one by one"})
}

// remark adds an issue about the element being read.
func (r *reader) remark(code, reason string) {
	if r.remarks.next() {
		r.chart.Issues = append(r.chart.Issues,
			fhir.Issue{Severity: fhir.SeverityError, Code: code, Path: r.where(0), Reason: reason})
	}
}

// mark is where the issues of an entry start.
type mark struct {
	issues  int
	remarks remarks
}

func (r *reader) mark() mark { return mark{len(r.chart.Issues), r.remarks} }

// unsay takes back what was said since.
func (r *reader) unsay(since mark) {
	r.chart.Issues = r.chart.Issues[:since.issues]
	r.remarks = since.remarks
}

// takeIssues adds the issues of a line, which had n remarks, to the chart of a group.
func (to *group) takeIssues(issues []fhir.Issue, n remarks) {
	told := remarks(0)
	for _, issue := range issues {
		if issue.Severity == fhir.SeverityError { // so are remarks, and no others
			told++
			if !to.remarks.next() {
				continue
			}
		}
		to.chart.Issues = append(to.chart.Issues, issue)
	}
	to.remarks += n - told
}
