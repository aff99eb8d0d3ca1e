package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// pointer is a resource type by its struct.
type pointer[T any] interface {
	*T
	fhir.Resource
}

// resourceTable is the table of a resource type: what all resources share, and its own rows.
func resourceTable[T any, P pointer[T]](rows ...[]element[T]) *table[T] {
	head := func(name string, read func(r *reader, h *fhir.Header)) element[T] {
		return element[T]{name: name, read: func(r *reader, to *T) { read(r, P(to).Head()) }}
	}
	shared := []element[T]{
		head("id", func(r *reader, h *fhir.Header) { r.id(&h.ID) }),
		head("meta", func(r *reader, h *fhir.Header) { object(r, metas, &h.Meta) }),
		head("extension", func(r *reader, h *fhir.Header) { r.extensions(&h.Extension) }),
		head("contained", func(r *reader, h *fhir.Header) { r.contained(&h.Contained) }),
		head("implicitRules", func(r *reader, _ *fhir.Header) {
			r.wrong(codeNotSupported, "implicitRules may change the meaning; none are understood")
			r.skip()
		}),
	}
	return tableOf(append(rows, shared, ignored[T]("", "resourceType", "language", "text"))...)
}

var metas = tableOf([]element[fhir.Meta]{
	{name: "profile", read: func(r *reader, m *fhir.Meta) { each(r, (*reader).uri, &m.Profile) }},
	{name: "lastUpdated", read: func(r *reader, m *fhir.Meta) { r.instant(&m.LastUpdated) }},
	{name: "versionId", read: func(r *reader, m *fhir.Meta) { r.id(&m.VersionID) }},
}, ignored[fhir.Meta]("", "id", "extension", "source", "security", "tag"))

// contained reads the resources inside a resource. Those of types that are not
// read are left out; a fault in one is a fault of the whole.
func (r *reader) contained(to *[]fhir.Resource) {
	if r.subject.contained {
		r.wrong(codeStructure, "a contained resource cannot contain others")
		r.skip()
		return
	}
	if !r.enter('[') {
		return
	}
	for i := 0; r.next(i == 0, ']'); i++ {
		r.at(i)
		outer := r.subject
		r.subject.contained = true
		if c := r.resource(r.lookAhead("resourceType")); c.resource != nil {
			*to = append(*to, c.resource)
		}
		outer.stu3 = outer.stu3 || r.subject.stu3
		r.subject = outer
	}
}
