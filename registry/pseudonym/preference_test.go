package pseudonym_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

func TestPreference(t *testing.T) {
	bsn := registration.Identifier{System: pseudonym.SystemBSN, Value: "999990019"}
	wrong := registration.Identifier{System: pseudonym.SystemBSN, Value: "123456789"}
	a, m, z := registration.Identifier{System: "urn:a", Value: "1"}, registration.Identifier{System: "urn:m", Value: "2"}, registration.Identifier{System: "urn:z", Value: "3"}
	sent := []registration.Identifier{z, wrong, m, bsn, a}
	for name, c := range map[string]struct {
		preference pseudonym.Preference
		want       []registration.Identifier
	}{
		"none set":     {nil, []registration.Identifier{bsn, a, m, z, wrong}},
		"the hospital": {pseudonym.Preference{"urn:m"}, []registration.Identifier{m, bsn, a, z, wrong}},
		"two":          {pseudonym.Preference{"urn:z", pseudonym.SystemBSN}, []registration.Identifier{z, bsn, a, m, wrong}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.preference.Sort(sent)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if best, ok := pseudonym.Usable([]registration.Identifier{wrong, m}); !ok || best != m {
		t.Errorf("%v, %t", best, ok)
	}
	if _, ok := pseudonym.Usable([]registration.Identifier{wrong, {Value: "7"}}); ok {
		t.Error("somebody is known by nothing")
	}
}
