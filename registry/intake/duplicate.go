package intake

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// forms tells of resources that came along in several forms under one type and id, of which
// nothing says which is the newer: one of them counts, and which does not depend on their
// order. Newer versions the reader has told apart already.
func (l *ledger) forms(resources []fhir.Resource, raw map[string]jsontext.Value) {
	first := make(map[string]jsontext.Value)
	for _, r := range resources {
		name, at := r.Type()+"/"+r.Head().ID, r.Head().Origin.Path
		if r.Head().ID == "" || len(raw[at]) == 0 {
			continue
		}
		form := raw[at].Clone()
		if form.Canonicalize() != nil {
			continue
		}
		if other, seen := first[name]; !seen {
			first[name] = form
		} else if !bytes.Equal(other, form) {
			l.remark([]fhir.Issue{{Severity: fhir.SeverityWarning, Code: "conflict", Path: at,
				Reason: "the same resource came along in another form, and meta does not tell which is newer: one of them counts"}})
		}
	}
}
