package check

import (
	"github.com/go-playground/validator/v10"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// Ranges of the scales and counts, as tags of the validator.
const (
	nrs      = "gte=0,lte=10"
	vas      = "gte=0,lte=100" // mm
	score    = "gte=0,lte=100" // SF-12 components, around 50
	days     = "gte=0,lte=3660"
	count    = "gte=0,lte=100000"
	aWeek    = "gte=0,lte=1000"
	ofHumans = "gte=0,lte=1500" // months of life
)

// ranges is what the number of a fact can be, by the id of its definition.
var ranges = map[string]string{
	"bmi":                    "gte=5,lte=150",
	"opioid-med":             "gte=0,lte=100000",
	"life-expectancy-months": ofHumans,
	"spine-surgeries":        "gte=0,lte=100",
	"attacks-per-week":       aWeek, "trial-attacks-per-week": aWeek,

	"intake-nrs": nrs, "trial-nrs": nrs, "before-nrs": nrs, "off-nrs": nrs, "limb-nrs": nrs, "elsewhere-nrs": nrs,
	"intake-vas": vas, "trial-vas": vas, "before-vas": vas, "off-vas": vas, "limb-vas": vas, "elsewhere-vas": vas,

	"sf12-before-pcs": score, "sf12-before-mcs": score, "sf12-off-pcs": score, "sf12-off-mcs": score,

	"extension-days": days, "trial-window-days": days, "before-days": days, "off-days": days,

	"year":     "gte=1990,lte=2200",
	"or-class": "gte=1,lte=10", "patients-operative": count, "patients-applied": count, "ons-patients": count,
}

// scales is what a weighted score can be.
var scales = map[mapping.Scale]string{mapping.NRS: nrs, mapping.VAS: vas}

// within reports whether both ends of a number, where given, obey a tag.
func within(v *validator.Validate, n mapping.Number, tag string) bool {
	if n.Low != nil && v.Var(n.Low, tag) != nil || n.High != nil && v.Var(n.High, tag) != nil {
		return false
	}
	return n.Low == nil || n.High == nil || n.Low.Cmp(n.High) <= 0
}

// numbers takes out what lies outside the range of its fact.
func (c *checker) numbers() {
	for _, fact := range c.record.Sorted() {
		definition, _, _ := mapping.DefinitionOf(fact.ID)
		if definition == nil || ranges[definition.ID] == "" {
			continue
		}
		c.keep(fact, func(v *mapping.Value) bool { return within(c.rules, v.Number, ranges[definition.ID]) },
			"outside the range of "+fact.ID)
	}
}

// scores takes out weighted scores that their scale does not have.
func (c *checker) scores() {
	kept := c.record.Pain[:0:0]
	for _, p := range c.record.Pain {
		if p.Mean == nil || within(c.rules, mapping.Exactly(p.Mean), scales[p.Scale]) {
			kept = append(kept, p)
			continue
		}
		c.report(p.Evidence, "outside the range of the "+string(p.Scale)+" scale")
	}
	c.record.Pain = kept
}
