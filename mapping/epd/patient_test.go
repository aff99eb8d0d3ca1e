package epd_test

import (
	"strings"
	"testing"
)

func TestWhoHasDiedHasNothingLeftToLive(t *testing.T) {
	expected := response("neuromodulatie-intake", item("life-expectancy-over-12", `"valueBoolean":true`))
	for deceased, months := range map[string]string{
		`"deceasedBoolean":true`:                    "0",
		`"deceasedBoolean":false`:                   "",
		`"deceasedDateTime":"2025-06-16"`:           "0",
		`"deceasedDateTime":"2025-06-16T22:30:00Z"`: "", // the 17th in Amsterdam
		`"deceasedDateTime":"2025-06-17"`:           "",
		`"deceasedDateTime":"2025-05"`:              "0",
		`"deceasedDateTime":"2025"`:                 "", // perhaps later this year
	} {
		over12 := "true"
		if months != "" {
			over12 = ""
		}
		r := record(t, strings.Replace(patient, `"id":"p"`, `"id":"p",`+deceased, 1), expected)
		want(t, r, map[string]string{"life-expectancy-months": months, "life-expectancy-over-12": over12})
	}
}
