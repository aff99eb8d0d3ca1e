package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// negativeListFrom is the day on which the list of non-effective care took effect (reading A23).
var negativeListFrom = mapping.NewDay(2020, 1, 1)

// above judges what stands above the indications: which rules are in force, and
// what is only for information.
var above = Rules{
	{ID: "coverage-list-effective-date", Test: InForce{}},
	{ID: "context-quality-system"},
}

// InForce is true when the rules were in force on the as-of day.
type InForce struct{}

func (InForce) eval(j *judge) finding {
	return finding{truth: kleene.Of(j.version != standpunt.Concept2019)}
}

// concept shows the entries of the concept of June 2019, never in force.
var concept = Rules{
	{ID: "concept-2019-last-resort"},
	{ID: "concept-2019-nine-groups"},
	{ID: "concept-2019-three-covered"},
	{ID: "concept-2019-quality-condition"},
	{ID: "concept-2019-transition"},
	{ID: "concept-2019-timeline"},
}

// versionAt is the version to judge by: the one asked for, else that of the day.
func versionAt(day mapping.Day, asked string) string {
	if asked != "" {
		return asked
	}
	v, err := standpunt.VersionOn(day.String())
	if err != nil {
		return standpunt.NVA2021 // every day belongs to a version; the last has no end
	}
	return v.ID
}

// transition routes a patient whose system was implanted before the list of
// non-reimbursed conditions took effect; the arrangement itself is not in the documents.
var transition = Rules{{ID: "agreement-7-transition", Test: ExistingBefore{negativeListFrom}}}

// ExistingBefore is true when a system was in place before a day.
type ExistingBefore struct{ Day mapping.Day }

func (t ExistingBefore) eval(j *judge) finding {
	f := Before{"existing-implant", t.Day}.eval(j)
	if f.truth == kleene.True {
		f.note = noteTransition
	}
	return f
}
