package mapping

import "testing"

func TestFormOf(t *testing.T) {
	form := SectionTrial.Questionnaire()
	for canonical, want := range map[string]string{
		form:                              form,
		SectionTrial.Supplement("0a1b2c"): form,
		"https://example.org/other":       "https://example.org/other",
		"":                                "",
	} {
		if got := FormOf(canonical); got != want {
			t.Errorf("FormOf(%q) = %q, want %q", canonical, got, want)
		}
	}
}
