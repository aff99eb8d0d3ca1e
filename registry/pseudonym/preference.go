package pseudonym

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Preference says by which identifier a person is known, of several: the systems of
// identifiers, best first. Those of other systems come after them: the BSN, and then in the
// order of the alphabet. What cannot be an identity, such as a BSN that fails its test, comes
// last. The zero value prefers the BSN.
type Preference []string

// Sort gives identifiers in the order of the preference.
func (p Preference) Sort(identifiers []registration.Identifier) []registration.Identifier {
	rank := func(i registration.Identifier) int {
		at := slices.Index(p, i.System)
		switch _, err := Person(i.System, i.Value); {
		case err != nil:
			return len(p) + 2
		case at >= 0:
			return at
		case i.System == SystemBSN:
			return len(p)
		}
		return len(p) + 1
	}
	sorted := slices.Clone(identifiers)
	slices.SortStableFunc(sorted, func(a, b registration.Identifier) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.System+"|"+a.Value, b.System+"|"+b.Value)
	})
	return sorted
}

// Usable is the first identifier that can be an identity.
func Usable(identifiers []registration.Identifier) (first registration.Identifier, ok bool) {
	for _, i := range identifiers {
		if _, err := Person(i.System, i.Value); err == nil && i.System != "" {
			return i, true
		}
	}
	return registration.Identifier{}, false
}
