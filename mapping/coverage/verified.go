package coverage

import (
	"cmp"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Verified is a code that our lists hold for a concept.
type Verified struct {
	Concept       terminology.Concept
	Code, Display string
}

// VerifiedCodes are the codes of a system that count by themselves, by concept and code.
func VerifiedCodes(system string) []Verified {
	list := slices.Clone(listed().verified[system])
	slices.SortFunc(list, func(a, b Verified) int {
		return cmp.Or(cmp.Compare(a.Concept, b.Concept), cmp.Compare(a.Code, b.Code))
	})
	return list
}
