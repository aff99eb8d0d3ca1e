package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// request is Bundle.entry.request.
type request struct{ method, url string }

var entryRequests = tableOf([]element[request]{
	{name: "method", read: func(r *reader, q *request) { r.code(&q.method) }},
	{name: "url", read: func(r *reader, q *request) { r.uri(&q.url) }},
}, ignored[request]("", "id", "extension", "ifNoneMatch", "ifModifiedSince", "ifMatch", "ifNoneExist"))

// deletes notes an entry that deletes what it names; of several the first counts, which is
// the last that happened.
func (r *reader) deletes(e entry) {
	if e.request.method != "DELETE" || e.has {
		return
	}
	_, name := fhir.SplitReference(e.request.url)
	if _, known := r.deletions[name]; known {
		return
	}
	if r.deletions == nil {
		r.deletions = map[string]int{}
	}
	r.deletions[name] = r.entry
}

// Deleted is the reason for which a resource is skipped that was deleted since.
const Deleted = "it was deleted since"

// bury takes out what was deleted: a history has the oldest versions last
// (https://hl7.org/fhir/R4/http.html#history), so the entries after a deletion are older, and one
// before it was made anew.
func (r *reader) bury() {
	if len(r.deletions) == 0 {
		return
	}
	r.chart.Skip(func(x fhir.Resource) string {
		if entry, deleted := r.deletions[fhir.Name(x)]; deleted && x.Head().Origin.Entry > entry {
			return Deleted
		}
		return ""
	})
}
