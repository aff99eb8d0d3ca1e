package terminology

import (
	"maps"
	"slices"
	"sync"

	"github.com/pijnpoort/pijnpoort/profiles"
)

// Concept is something the mapping can recognise: "dx-fbss".
type Concept string

// entry says that a code means a concept.
type entry struct {
	concept      Concept
	system, code string
	display      string
	tree         bool // with every code below it
	unverified   bool // listed only
}

// Terminology knows which codes mean which concepts. It does not change once
// made and may be used by several goroutines.
type Terminology struct {
	entries []entry
	titles  map[Concept]string
	systems map[string]*codeSystem // by every name of the system
	texts   map[string][]Concept   // of a site: words, folded
	site    []mapping
	words   func() *wordIndex
}

// Embedded is the terminology of package profiles. It panics when the embedded
// files are faulty, which the tests rule out.
var Embedded = sync.OnceValue(loadEmbedded)

func loadEmbedded() *Terminology {
	entries, titles, err := readValueSets(profiles.FS, "terminology")
	if err != nil {
		panic("profiles: " + err.Error())
	}
	return newTerminology(entries, titles, nil)
}

// Concepts are what a code means: none when it means nothing to us. The system may
// be given by any of its names (https://www.hl7.org/fhir/R4/terminologies-systems.html,
// its OID with or without urn:oid:). The result must not be changed.
func (t *Terminology) Concepts(system, code string) []Concept {
	concepts, _ := t.lookup(system, code)
	return concepts
}

// lookup reports in known whether the tables hold the code, be it as meaning nothing.
func (t *Terminology) lookup(system, code string) (concepts []Concept, known bool) {
	s := t.systems[system]
	if s == nil {
		if s = t.systems[canonicalSystem(system)]; s == nil {
			return nil, false
		}
	}
	return s.lookup(code)
}

// Known reports whether there is such a concept.
func (t *Terminology) Known(c Concept) bool {
	_, ok := t.titles[c]
	return ok
}

// All lists every concept in alphabetical order.
func (t *Terminology) All() []Concept { return slices.Sorted(maps.Keys(t.titles)) }

// Title is the name of a concept for people, in English; empty for an unknown one.
func (t *Terminology) Title(c Concept) string { return t.titles[c] }

// With lays a site's own mappings over t and what was laid over it before. t stays as it was.
func (t *Terminology) With(site *Site) *Terminology {
	if site == nil || len(site.mappings) == 0 {
		return t
	}
	return newTerminology(t.entries, t.titles, slices.Concat(t.site, site.mappings))
}
