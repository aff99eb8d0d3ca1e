package terminology

import (
	"slices"
	"strings"
	"sync"
)

// codeSystem is the index of one system. What a code means is worked out when the
// index is made, so that a lookup only finds it.
type codeSystem struct {
	exact  map[string][]Concept
	packed map[uint64][]Concept // of a hierarchical system, instead of exact
	trees  map[uint64][]Concept // codes that count with all below them
}

// lookup finds what a code means; below a tree, what the nearest tree above it means.
func (s *codeSystem) lookup(code string) ([]Concept, bool) {
	if s.packed == nil {
		concepts, ok := s.exact[code]
		return concepts, ok
	}
	p := packed(code)
	if concepts, ok := s.packed[p]; ok {
		return concepts, true
	}
	for length := 7; length > 0; length-- {
		cut := above(p, length)
		if cut == p {
			continue
		}
		if concepts, ok := s.trees[cut]; ok {
			return concepts, true
		}
	}
	return nil, false
}

// newTerminology makes the index of all verified entries and lays a site's mappings over it.
func newTerminology(entries []entry, titles map[Concept]string, site []mapping) *Terminology {
	t := &Terminology{entries: entries, titles: titles, site: site, systems: make(map[string]*codeSystem), texts: make(map[string][]Concept)}
	for _, e := range entries {
		if !e.unverified {
			t.system(e.system).add(e)
		}
	}
	for _, s := range t.systems {
		s.close()
	}
	for _, m := range site {
		if m.system == "" {
			change(t.texts, foldText(m.code), m)
			continue
		}
		t.system(canonicalSystem(m.system)).overlay(m)
	}
	for _, name := range sortedKeys(aliases) {
		if s := t.systems[aliases[name]]; s != nil {
			t.systems[name] = s
		}
	}
	for _, name := range sortedKeys(t.systems) {
		if bare, ok := strings.CutPrefix(name, "urn:oid:"); ok {
			t.systems[bare] = t.systems[name]
		}
	}
	t.words = sync.OnceValue(func() *wordIndex { return newWordIndex(entries) })
	return t
}

func (t *Terminology) system(name string) *codeSystem {
	s := t.systems[name]
	if s == nil {
		s = &codeSystem{exact: make(map[string][]Concept)}
		if hierarchical[name] {
			s.packed, s.trees = make(map[uint64][]Concept), make(map[uint64][]Concept)
		}
		t.systems[name] = s
	}
	return s
}

func (s *codeSystem) add(e entry) {
	if s.packed == nil {
		s.exact[e.code] = join(s.exact[e.code], e.concept)
		return
	}
	p := packed(e.code)
	s.packed[p] = join(s.packed[p], e.concept)
	if e.tree {
		s.trees[p] = join(s.trees[p], e.concept)
	}
}

// close gives every code of a hierarchical system also the meaning of the trees above it.
func (s *codeSystem) close() {
	if s.packed != nil {
		s.packed, s.trees = s.inherited(s.packed), s.inherited(s.trees)
	}
}

func (s *codeSystem) inherited(codes map[uint64][]Concept) map[uint64][]Concept {
	closed := make(map[uint64][]Concept, len(codes))
	for p, concepts := range codes {
		for length := 7; length > 0; length-- {
			if cut := above(p, length); cut != p {
				concepts = join(concepts, s.trees[cut]...)
			}
		}
		closed[p] = concepts
	}
	return closed
}

// join appends what is not there yet. It copies: meanings are shared between codes.
func join(concepts []Concept, more ...Concept) []Concept {
	for _, c := range more {
		if !slices.Contains(concepts, c) {
			concepts = append(slices.Clip(concepts), c)
		}
	}
	return concepts
}
