package terminology

import (
	"maps"
	"slices"
)

// None is what a site writes for a code that shall mean nothing, also where ours would.
const None Concept = "none"

// mapping is one line of a site: a code, or a text when system is empty, means a
// concept, does not mean it (away), or means nothing (None).
type mapping struct {
	system, code string
	concept      Concept
	away         bool
}

// overlay changes what a code means. In a hierarchical system it changes that code,
// not those below it.
func (s *codeSystem) overlay(m mapping) {
	if s.packed == nil {
		change(s.exact, m.code, m)
		return
	}
	p := packed(m.code)
	if _, ok := s.packed[p]; !ok {
		s.packed[p], _ = s.lookup(m.code)
	}
	change(s.packed, p, m)
}

// change applies one mapping. The code stays known when nothing is left.
func change[K comparable](codes map[K][]Concept, code K, m mapping) {
	switch {
	case m.concept == None:
		codes[code] = []Concept{}
	case m.away:
		codes[code] = slices.DeleteFunc(slices.Clone(codes[code]), func(c Concept) bool { return c == m.concept })
	default:
		codes[code] = join(codes[code], m.concept)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
