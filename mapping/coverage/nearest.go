package coverage

import (
	"strings"
	"unicode"
)

const (
	// maxNearest is how many concepts are suggested for a code.
	maxNearest = 3
	// leastAlike is the least likeness that is worth a suggestion.
	leastAlike = 0.2
)

// commonplace are words that two names may share without being alike: those of
// grammar, and the forms of medicines.
var commonplace = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(`
		and of or the with without in on at by to due not other unspecified nos all
		en met zonder van of de het een bij door op niet overige overig andere
		tablet tabletten tab capsule capsules caps mga mgr msr omhulde filmomhulde dispertablet zuigtablet
		druppels drank stroop suspensie oplossing infvlst injvlst flacon ampul wwsp
		pleister zetpil creme zalf gel spray inhalatiepoeder poeder neusspray
		mg ug mcg ml uur disorder finding procedure substance structure`) {
		words[word] = true
	}
	return words
}()

// telling are the words of a name that tell what it is about: without the commonplace
// ones, and without numbers and strengths.
func telling(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	kept := words[:0]
	for _, word := range words {
		if !commonplace[word] && !unicode.IsDigit(rune(word[0])) {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// nearest suggests concepts by name.
func (t *Tally) nearest(name string) []Suggestion {
	name = telling(name)
	if name == "" {
		return nil
	}
	var list []Suggestion
	for _, s := range t.terminology.Nearest(name, maxNearest) {
		if s.Score >= leastAlike {
			list = append(list, Suggestion{s.Concept, s.Display, s.Score})
		}
	}
	return list
}
