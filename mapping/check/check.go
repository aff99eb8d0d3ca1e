package check

import (
	"strconv"

	"github.com/go-playground/validator/v10"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// Record takes the values that cannot be out of a record, and says which. The
// issues name resource, path and reason, never the value. They do not yet stand
// in the record's report.
func Record(r *mapping.Record) []fhir.Issue {
	c := &checker{record: r, rules: rules()}
	c.numbers()
	c.scores()
	c.dates()
	return c.issues
}

const systemBSN = "http://fhir.nl/fhir/NamingSystem/bsn"

// Patient says which identifiers of a patient cannot be what they are said to be:
// a BSN that fails the eleven-test points to mistyped or mixed-up persons. A nil
// patient has none.
func Patient(p *fhir.Patient) []fhir.Issue {
	if p == nil {
		return nil
	}
	var issues []fhir.Issue
	for i, id := range p.Identifier {
		if id.System != systemBSN || id.Value == "" || rules().Var(id.Value, "bsn") == nil {
			continue
		}
		issues = append(issues, fhir.Issue{
			Severity: fhir.SeverityWarning, Code: codeValue, Resource: fhir.Name(p),
			Path: "identifier[" + strconv.Itoa(i) + "].value", Reason: "not a BSN: fails the eleven-test",
		})
	}
	return issues
}

// codeValue is the code of https://hl7.org/fhir/R4/valueset-issue-type.html for
// a value that cannot be.
const codeValue = "value"

type checker struct {
	record *mapping.Record
	rules  *validator.Validate
	issues []fhir.Issue
}

// keep leaves in a fact the values that are good, and reports the others.
func (c *checker) keep(fact *mapping.Fact, good func(*mapping.Value) bool, reason string) {
	kept := fact.Values[:0:0]
	for i := range fact.Values {
		if v := &fact.Values[i]; good(v) {
			kept = append(kept, *v)
		} else {
			c.report(v.Evidence, reason)
		}
	}
	if len(kept) == 0 {
		delete(c.record.Facts, fact.ID)
		return
	}
	fact.Values = kept
}

func (c *checker) report(evidence []mapping.Evidence, reason string) {
	issue := fhir.Issue{Severity: fhir.SeverityError, Code: codeValue, Reason: reason + "; not used"}
	if len(evidence) > 0 {
		issue.Resource, issue.Path = evidence[0].Resource, evidence[0].Path
	}
	c.issues = append(c.issues, issue)
}
