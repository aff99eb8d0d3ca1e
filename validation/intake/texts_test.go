package intake

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

func TestLabel(t *testing.T) {
	for _, c := range []struct{ linkID, nl, en string }{
		{"bmi", "BMI", "BMI"},
		{"bmi.min", "BMI (ten minste)", "BMI (at least)"},
		{"last-resort", "Laatste redmiddel: effect van eerdere behandeling", "Last resort: effect of earlier treatment"},
		{"fbss.predominant", "Waar de pijn overheerst (FBSS)", "Where the pain predominates (FBSS)"},
		{"fbss.surgically-untreatable", "Nieuwe operatie biedt geen oplossing", "Further surgery is no solution"},
		{"crps.consideration.cons-exercise", "Oefentherapie (CRPS)", "Exercise therapy (CRPS)"},
		{"cch.attacks-per-week.max", "Aanvallen per week (ten hoogste)", "Attacks a week (at most)"},
		{"psychosocial.coping", "Omgaan met pijn", "Coping"},
		{"pain-intensity", "Pijnscore bij intake", "Pain score at intake"},
		{"visit", "Controles", "Visits"},
		{"visit-role", "Controle door", "Visit with"},
		{"fbss", "FBSS", "FBSS"},
		{"not-a-fact", "not-a-fact", "not-a-fact"},
	} {
		if got := Label(c.linkID, "nl"); got != c.nl {
			t.Errorf("Label(%s, nl) = %q, want %q", c.linkID, got, c.nl)
		}
		if got := Label(c.linkID, "en"); got != c.en {
			t.Errorf("Label(%s, en) = %q, want %q", c.linkID, got, c.en)
		}
	}
}

// linkIDs are those of all facts, with the ends of intervals.
func linkIDs() []string {
	var ids []string
	for i := range mapping.Definitions {
		d := &mapping.Definitions[i]
		for _, id := range d.LinkIDs() {
			ids = append(ids, id)
			if d.Interval {
				ids = append(ids, id+".min", id+".max")
			}
		}
	}
	return ids
}

func TestEveryFactHasWords(t *testing.T) {
	ids := append(linkIDs(), mapping.AllConditions...)
	for _, indication := range append([]string{""}, mapping.AllConditions...) {
		ids = append(ids, validation.Facts(indication)...)
	}
	for _, id := range ids {
		for _, lang := range []string{"nl", "en"} {
			if label := Label(id, lang); label == id || strings.HasPrefix(label, " ") {
				t.Errorf("%s has no label in %s", id, lang)
			}
			if Question(id)[lang] == "" {
				t.Errorf("%s has no question in %s", id, lang)
			}
		}
	}
}

func TestEveryWordIsUsed(t *testing.T) {
	used := map[string]bool{"pain-intensity": true}
	for _, id := range append(linkIDs(), mapping.AllConditions...) {
		used[id] = true
		if d, _, _ := mapping.DefinitionOf(id); d != nil && d.For != nil {
			_, name, _ := strings.Cut(id, ".")
			used[name] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(wordings())) {
		if !used[id] {
			t.Errorf("texts.csv: %s is no fact", id)
		}
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	for _, d := range mapping.Definitions {
		for _, code := range d.Codes {
			for _, lang := range []string{"nl", "en"} {
				if displays()[code][lang] == "" {
					t.Errorf("%s: %s has no words in %s", d.ID, code, lang)
				}
			}
		}
	}
	if got := Display("none", "en") + ", " + Display("none", "nl") + ", " + Display("not-a-code", "nl"); got != "none, geen, not-a-code" {
		t.Error(got)
	}
}
