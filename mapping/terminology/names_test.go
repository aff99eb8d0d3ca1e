package terminology

import "testing"

func TestNamesMeanConceptsThatExist(t *testing.T) {
	for name, m := range medicines {
		for _, c := range m.concepts {
			if !Embedded().Known(c) {
				t.Errorf("%s means %s, which does not exist", name, c)
			}
		}
	}
	for word, r := range routes {
		if !Embedded().Known(r.concepts[0]) {
			t.Errorf("%s means %s, which does not exist", word, r.concepts[0])
		}
	}
	for _, concepts := range [][]Concept{opioidCombination, opioids, notSwallowed} {
		for _, c := range concepts {
			if !Embedded().Known(c) {
				t.Errorf("%s does not exist", c)
			}
		}
	}
}

func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		loadEmbedded()
	}
}
