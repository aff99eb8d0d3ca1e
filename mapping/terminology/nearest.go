package terminology

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Suggestion is a concept whose codes have names like the one asked for.
type Suggestion struct {
	Concept Concept
	Display string  // the most alike of its names
	Score   float64 // words in common over all words of both, 0 to 1
}

// Nearest suggests at most n concepts for a display, for somebody who maps codes.
// It compares words and understands nothing: never match with it.
func (t *Terminology) Nearest(display string, n int) []Suggestion {
	asked := wordsOf(display)
	best := make(map[Concept]Suggestion)
	for _, name := range t.words().names {
		common := 0
		for _, word := range asked {
			if slices.Contains(name.words, word) {
				common++
			}
		}
		if common == 0 {
			continue
		}
		score := float64(common) / float64(len(asked)+len(name.words)-common)
		if score > best[name.concept].Score {
			best[name.concept] = Suggestion{name.concept, name.display, score}
		}
	}
	suggestions := make([]Suggestion, 0, len(best))
	for _, s := range best {
		suggestions = append(suggestions, s)
	}
	slices.SortFunc(suggestions, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Concept, b.Concept))
	})
	return suggestions[:min(max(n, 0), len(suggestions))]
}

// wordIndex holds the words of every display.
type wordIndex struct {
	names []struct {
		concept Concept
		display string
		words   []string
	}
}

func newWordIndex(entries []entry) *wordIndex {
	index := &wordIndex{}
	for _, e := range entries {
		index.names = append(index.names, struct {
			concept Concept
			display string
			words   []string
		}{e.concept, e.display, wordsOf(e.display)})
	}
	return index
}

// wordsOf are the distinct words of at least two letters, without the semantic tag
// of SNOMED CT ("(disorder)").
func wordsOf(display string) []string {
	if i := strings.LastIndexByte(display, '('); i > 0 && strings.HasSuffix(display, ")") {
		display = display[:i]
	}
	var words []string
	for _, word := range strings.FieldsFunc(strings.ToLower(display), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(word) > 1 && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}
