package terminology

import (
	"errors"
	"fmt"
	"strings"
)

// newMappings checks one line of a site: its code means a concept, or means what a
// code of a known system means, written "system|code". So a table from the G-Standaard
// to ATC needs no concepts of ours. What means nothing there means nothing here, and
// counts as known.
func newMappings(system, code, target, equivalence string) ([]mapping, error) {
	targetSystem, targetCode, isCode := strings.Cut(target, "|")
	if !isCode {
		m, err := newMapping(system, code, Concept(target), equivalence)
		return []mapping{m}, err
	}
	if Embedded().systems[canonicalSystem(targetSystem)] == nil {
		return nil, fmt.Errorf("the system of the target %q is not one we know codes of", targetSystem)
	}
	if targetCode == "" {
		return nil, errors.New("the target has no code")
	}
	concepts := Embedded().Concepts(targetSystem, targetCode)
	if len(concepts) == 0 {
		concepts = []Concept{None}
	}
	var list []mapping
	for _, concept := range concepts {
		m, err := newMapping(system, code, concept, equivalence)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}
