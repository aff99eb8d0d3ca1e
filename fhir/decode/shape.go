package decode

import "sync"

// rows is a table of any type, as far as its shapes go.
type rows interface {
	// shape says what the element of that name looks like in JSON. An element
	// that the table does not know has the zero shape, as one that is not read.
	shape(name string) shape
}

// shape is what a row of a table reads, for those who have to write JSON.
type shape struct {
	list bool
	of   string // JSON type of a value, as kinds has it; "" when the element is not read
	rows rows   // of the object that a value is or may be, else nil
	// resource tells that a value is a resource; which one, says its resourceType.
	resource bool
}

// shapes holds the shapes of the elements of a table once they are known.
type shapes struct {
	once sync.Once
	list []shape
}

func (t *table[T]) shape(name string) shape {
	t.shapes.once.Do(func() {
		for _, e := range t.elements {
			t.shapes.list = append(t.shapes.list, shapeOf(func(r *reader) { e.read(r, new(T)) }))
		}
	})
	if i := t.find(name); i >= 0 {
		return t.shapes.list[i]
	}
	return shape{}
}

// probe notes what a row reads.
type probe struct {
	wants    string // JSON type that should have stood where another stood
	rows     rows   // table of the first object
	resource bool
}

// The documents that a row is tried on: one that no row accepts, so that each
// says what it wants; the same in a list; and an object, which shows the table
// that reads it. The urls are of extensions that are read only by their url.
const (
	tryNothing = `null`
	tryList    = `[[]]`
	tryObject  = `{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason"}`
	tryObjects = `[` + tryObject + `,{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-StopType"}]`
)

// shapeOf finds what a row reads by letting it read. So the rows say it all,
// and there is no second list to keep in step with them.
func shapeOf(read func(*reader)) shape {
	try := func(document string) probe {
		r := newReader("", 0, []byte(document), Limits{}.withDefaults())
		r.probe = new(probe)
		r.push("")
		read(r)
		return *r.probe
	}
	s := shape{of: try(tryNothing).wants}
	object := tryObject
	if s.of == kinds['['] {
		s.list, s.of = true, try(tryList).wants
		object = tryObjects
	}
	found := try(object)
	s.rows, s.resource = found.rows, found.resource
	if s.of == "" && s.rows != nil { // not read, but for what it holds
		s.of = kinds['{']
	}
	return s
}

// rowsOf is the table of a resource type.
func rowsOf(kind string) rows {
	if container := containers[kind]; container != nil {
		return shapeOf(func(r *reader) { container(r) }).rows
	}
	if read := readers[kind]; read != nil {
		return shapeOf(func(r *reader) { read(r) }).rows
	}
	return unreads
}
