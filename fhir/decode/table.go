package decode

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// element is a row of a table: an element that we read and where it goes.
type element[T any] struct {
	name string
	read func(r *reader, to *T)
	// choice names the x[x] of which this is one type; only one may stand.
	choice string
	// weigh takes the extensions of the primitive, from its "_" sibling.
	weigh func(to *T, extensions []fhir.Extension)
}

// table holds the elements of one type.
type table[T any] struct {
	elements []element[T]
	choices  []uint8 // of each element: number of its choice, 0 for none
	slots    [512]uint8
	slab     func(*reader) *slab[T] // nil for types of which a document has few
	shapes   shapes
}

// in says from which slab values of the type come.
func (t *table[T]) in(slab func(*reader) *slab[T]) *table[T] {
	t.slab = slab
	return t
}

// tableOf makes a table of the rows of one type.
func tableOf[T any](rows ...[]element[T]) *table[T] {
	t := new(table[T])
	t.fill(rows...)
	return t
}

func (t *table[T]) fill(rows ...[]element[T]) {
	for _, row := range rows {
		t.elements = append(t.elements, row...)
	}
	numbers := map[string]uint8{"": 0}
	for i, e := range t.elements {
		if _, ok := numbers[e.choice]; !ok {
			numbers[e.choice] = uint8(len(numbers))
		}
		t.choices = append(t.choices, numbers[e.choice])
		if t.find(e.name) >= 0 {
			panic("two rows for " + e.name)
		}
		slot := hash(e.name)
		for t.slots[slot%512] != 0 {
			slot++
		}
		t.slots[slot%512] = uint8(i + 1)
	}
	if len(t.elements) > 128 || len(numbers) > 64 {
		panic("more rows than a seen can hold")
	}
}

func hash(name string) uint32 {
	n := len(name)
	if n == 0 {
		return 0
	}
	return uint32(n)*37 + uint32(name[0])*5 + uint32(name[n-1])*17 + uint32(name[n/2])*101
}

// find returns the index of the element, or -1.
func (t *table[T]) find(name string) int {
	for slot := hash(name); ; slot++ {
		i := int(t.slots[slot%512]) - 1
		if i < 0 || t.elements[i].name == name {
			return i
		}
	}
}

// variant returns the element that differs from the name in case only, or "".
func (t *table[T]) variant(name string) string {
	for i := range t.elements {
		if known := t.elements[i].name; len(known) == len(name) && strings.EqualFold(known, name) {
			return known
		}
	}
	return ""
}

// seen says which elements and choices of a table an object has had.
type seen struct {
	elements [2]uint64
	choices  uint64
}

func (s *seen) has(i int) bool { return s.elements[i>>6]&(1<<(i&63)) != 0 }

// object reads the object at the cursor by its table.
func object[T any](r *reader, t *table[T], to *T) {
	if r.probe != nil && r.probe.rows == nil && r.peek() == '{' {
		r.probe.rows = t
	}
	if !r.enter('{') {
		return
	}
	base, nulls := len(r.names), len(r.nulls)
	var had seen
	for first := true; r.next(first, '}'); first = false {
		name := r.name()
		i := t.find(name)
		if i < 0 {
			other(r, t, to, base, name)
			continue
		}
		e := &t.elements[i]
		r.path = append(r.path, step{e.name, -1})
		if bit := uint64(1) << (i & 63); had.elements[i>>6]&bit != 0 {
			r.wrong(codeDuplicate, "the element stands twice")
		} else {
			had.elements[i>>6] |= bit
		}
		if choice := uint64(1) << t.choices[i]; choice > 1 {
			if had.choices&choice != 0 {
				r.wrong(codeStructure, "more than one "+e.choice+"[x]")
			}
			had.choices |= choice
		}
		e.read(r, to)
		r.pop()
	}
	if len(r.names) > base || len(r.nulls) > nulls {
		r.closeNames(base, nulls, func(name string) bool {
			i := t.find(name)
			return i >= 0 && had.has(i)
		})
	}
}

// other deals with a member that the table does not know.
func other[T any](r *reader, t *table[T], to *T, base int, name string) {
	if r.err != nil {
		return
	}
	bare := strings.TrimPrefix(name, "_")
	i := t.find(bare)
	switch {
	case i >= 0: // "_status"
		r.push("_" + bare)
		r.declare(base, name)
		r.sibling(t.elements[i].name, func(extensions []fhir.Extension) {
			if weigh := t.elements[i].weigh; weigh != nil {
				weigh(to, extensions)
			}
		})
	case name == "modifierExtension":
		r.push(name)
		r.declare(base, name)
		r.modifier()
	default:
		r.push("*")
		r.declare(base, name)
		if known := t.variant(bare); known != "" {
			r.wrong(codeStructure, "case variant of "+known)
		}
		r.skipNamed(name)
	}
	r.pop()
}

// modifier refuses the entry: FHIR forbids processing what a modifierExtension
// that one does not know may turn into its opposite.
func (r *reader) modifier() {
	r.wrong(codeExtension, "a modifierExtension may change the meaning; none is understood")
	r.skip()
}

// one reads an object into a pointer.
func one[T any](r *reader, t *table[T], to **T) {
	if r.peek() != '{' {
		r.mismatch(kinds['{'])
		return
	}
	if t.slab != nil {
		*to = &t.slab(r).take()[:1][0]
	} else {
		*to = new(T)
	}
	object(r, t, *to)
}

// many reads an array of objects.
func many[T any](r *reader, t *table[T], to *[]T) {
	if !r.enter('[') {
		return
	}
	var list []T
	if t.slab != nil {
		list = t.slab(r).take()
	}
	for first := true; r.next(first, ']'); first = false {
		r.at(len(list))
		var zero T
		list = append(list, zero)
		object(r, t, &list[len(list)-1])
	}
	*to = list
}

// each reads an array of primitives; null may stand for a value that has only extensions.
func each[T any](r *reader, read func(*reader, *T), to *[]T) {
	if !r.enter('[') {
		return
	}
	name := r.path[len(r.path)-1].name
	var list []T
	for i := 0; r.next(i == 0, ']'); i++ {
		r.at(i)
		if r.peek() == 'n' {
			r.literal("null")
			r.padded(name)
			continue
		}
		var zero T
		list = append(list, zero)
		read(r, &list[len(list)-1])
	}
	*to = list
}

// ignored are elements known by name that are not read.
func ignored[T any](choice string, names ...string) []element[T] {
	var rows []element[T]
	for _, name := range names {
		rows = append(rows, element[T]{name: name, choice: choice, read: func(r *reader, _ *T) { r.skipNamed(name) }})
	}
	return rows
}
