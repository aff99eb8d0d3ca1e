package normalise_test

import (
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// What was judged where the data are is not judged again where less of them is known.
func TestADeliveredBundleKeepsItsJudgements(t *testing.T) {
	judged := 0
	for name, made := range examples(t) {
		for _, shape := range []normalise.Shape{normalise.Collection, normalise.Transaction} {
			chart := chartOf(t, body(t, normaliser(shape), made.Registration))
			again := normalise.Register(reader(), chart).Registration
			if len(made.Registration.Judgements) != len(again.Judgements) {
				t.Errorf("%s: %d judgements became %d", name, len(made.Registration.Judgements), len(again.Judgements))
			}
			for _, j := range again.Judgements {
				if judged++; strings.HasPrefix(j.Key, "derived/") {
					t.Errorf("%s: judged anew: %s", name, j.Key)
				}
			}
		}
	}
	if judged == 0 {
		t.Error("nothing was judged")
	}
}
