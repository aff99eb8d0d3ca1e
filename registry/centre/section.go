package centre

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// volumeTitle is the heading of all volumes together.
var volumeTitle = standpunt.Text{NL: "Aantallen, en wat niet meetelt", EN: "Numbers, and what does not count"}

// SectionTitle is the heading under which people find the figures of a Measure.
func SectionTitle(measure, lang string) string {
	if strings.HasPrefix(measure, "nm-volume-") {
		return volumeTitle.In(lang)
	}
	for _, s := range sections {
		if slices.Contains(s.measures, measure) {
			return s.title.In(lang)
		}
	}
	return measure
}
