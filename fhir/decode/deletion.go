package decode

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// request is Bundle.entry.request.
type request struct{ method, url string }

var entryRequests = tableOf([]element[request]{
	{name: "method", read: func(r *reader, q *request) { r.code(&q.method) }},
	{name: "url", read: func(r *reader, q *request) { r.uri(&q.url) }},
}, ignored[request]("", "id", "extension", "ifNoneMatch", "ifModifiedSince", "ifMatch", "ifNoneExist"))

// deletion is an entry that deletes.
type deletion struct {
	name  string // Type/id
	entry int
}

// deletes notes an entry that deletes what it names.
func (r *reader) deletes(e entry) {
	if e.request.method == "DELETE" && !e.has {
		_, name := fhir.SplitReference(e.request.url)
		r.deletions = append(r.deletions, deletion{name, r.entry})
	}
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
	c := r.chart
	resources := c.Resources[:0]
	for _, x := range c.Resources {
		if r.isDeleted(fhir.Name(x), x.Head().Origin.Entry) {
			c.Skipped = append(c.Skipped, fhir.Fate{Resource: fhir.Name(x), Path: x.Head().Origin.Path, Reason: Deleted})
			continue
		}
		resources = append(resources, x)
	}
	clear(c.Resources[len(resources):])
	c.Resources = resources
}

func (r *reader) isDeleted(name string, entry int) bool {
	return slices.ContainsFunc(r.deletions, func(d deletion) bool { return d.name == name && entry > d.entry })
}
