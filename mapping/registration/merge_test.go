package registration_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// drawn is a registration with some items of a few keys, each with a version. What an
// item says follows from key and version, as it does at a source that keeps versions.
func drawn(t *rapid.T, label string) *registration.Registration {
	r := new(registration.Registration)
	number := rapid.IntRange(0, 3).Draw(t, label+" patient")
	r.Patient.Origin = versioned("Patient", number)
	r.Patient.BirthDate = "19" + strconv.Itoa(50+number)
	for i := range number {
		r.Patient.Identifiers = append(r.Patient.Identifiers, registration.Identifier{System: "urn:s", Value: strconv.Itoa(i)})
	}
	for _, key := range []string{"a", "b", "c"} {
		if n := rapid.IntRange(0, 12).Draw(t, label+key); n > 0 {
			r.Procedures = append(r.Procedures, registration.Procedure{Origin: versioned("Procedure/"+key, n), Kind: registration.Trial, Status: "completed", Start: strconv.Itoa(2000 + n)})
		}
		if n := rapid.IntRange(0, 12).Draw(t, label+key); n > 0 {
			serious := n%2 == 0
			r.Complications = append(r.Complications, registration.Complication{Origin: versioned("AdverseEvent/"+key, n), Kind: "other", Serious: &serious})
		}
	}
	r.Procedures = shuffled(t, r.Procedures)
	return r
}

func shuffled[T any](t *rapid.T, list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return rapid.Permutation(list).Draw(t, "order")
}

// versioned numbers versions by number or by time, in turn.
func versioned(key string, n int) registration.Origin {
	o := registration.Origin{Key: key, Retracted: n == 12}
	if strings.HasSuffix(key, "b") {
		o.Updated = fmt.Sprintf("2024-01-01T%02d:00:00+01:00", n)
	} else {
		o.Version = strconv.Itoa(n)
	}
	return o
}

func TestMergeIsAUnionThatOrderDoesNotChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawn(t, "a"), drawn(t, "b"), drawn(t, "c")
		before, _ := json.Marshal([]any{a, b})
		ab := registration.Merge(a, b)
		if after, _ := json.Marshal([]any{a, b}); string(before) != string(after) {
			t.Fatal("an argument changed")
		}
		same := func(what string, x, y *registration.Registration) {
			if diff := cmp.Diff(x, y); diff != "" {
				t.Fatalf("%s: %s", what, diff)
			}
		}
		same("commutative", ab, registration.Merge(b, a))
		same("idempotent", ab, registration.Merge(ab, b))
		same("idempotent the other way", ab, registration.Merge(a, ab))
		same("associative", registration.Merge(ab, c), registration.Merge(a, registration.Merge(b, c)))
		for _, p := range a.Procedures {
			i := slices.IndexFunc(ab.Procedures, func(q registration.Procedure) bool { return q.Key == p.Key })
			if i < 0 {
				t.Fatalf("%s is lost", p.Key)
			}
			if ab.Procedures[i].Start < p.Start {
				t.Fatalf("%s: older over newer", p.Key)
			}
		}
		read, err := registration.FromItems(registration.Items(ab))
		if err != nil {
			t.Fatal(err)
		}
		read.Patient.Identifiers = ab.Patient.Identifiers
		same("through items", ab, read)
	})
}

func TestMerge(t *testing.T) {
	one := func(o registration.Origin, start string) *registration.Registration {
		o.Key = "Procedure/a"
		return &registration.Registration{Procedures: []registration.Procedure{{Origin: o, Start: start}}}
	}
	for name, c := range map[string]struct {
		older, newer registration.Origin
		want         string
	}{
		"nothing tells: the one sent later":   {registration.Origin{}, registration.Origin{}, "newer"},
		"same version: the one sent later":    {registration.Origin{Version: "2"}, registration.Origin{Version: "2"}, "newer"},
		"numbers are no words":                {registration.Origin{Version: "10"}, registration.Origin{Version: "9"}, "older"},
		"leading zeros":                       {registration.Origin{Version: "010"}, registration.Origin{Version: "9"}, "older"},
		"versions that are no numbers":        {registration.Origin{Version: "z"}, registration.Origin{Version: "a"}, "newer"},
		"time goes before version":            {registration.Origin{Version: "1", Updated: "2024-02-01T00:00:00Z"}, registration.Origin{Version: "2", Updated: "2024-01-01T00:00:00Z"}, "older"},
		"offsets count":                       {registration.Origin{Updated: "2024-01-01T10:30:00Z"}, registration.Origin{Updated: "2024-01-01T11:00:00+01:00"}, "older"},
		"one time cannot be compared":         {registration.Origin{Updated: "2024-01-01T10:30:00Z"}, registration.Origin{}, "newer"},
		"an older retraction returns nothing": {registration.Origin{Version: "3"}, registration.Origin{Version: "2", Retracted: true}, "older"},
	} {
		t.Run(name, func(t *testing.T) {
			m := registration.Merge(one(c.older, "older"), one(c.newer, "newer"))
			if len(m.Procedures) != 1 || m.Procedures[0].Start != c.want {
				t.Errorf("%+v", m.Procedures)
			}
		})
	}
}

// A patient who comes with fewer data later loses none.
func TestMergeKeepsWhatIsKnownOfThePatient(t *testing.T) {
	older := &registration.Registration{Patient: registration.Patient{Origin: registration.Origin{Key: "Patient", Version: "1"}, BirthDate: "1960", Gender: "male"}}
	newer := &registration.Registration{Patient: registration.Patient{Origin: registration.Origin{Key: "Patient", Version: "2"}, Gender: "female", Deceased: "true"}}
	want := registration.Patient{Origin: registration.Origin{Key: "Patient", Version: "2"}, BirthDate: "1960", Gender: "female", Deceased: "true"}
	for _, m := range []*registration.Registration{registration.Merge(older, newer), registration.Merge(newer, older), registration.Merge(registration.Merge(older, newer), new(registration.Registration))} {
		if diff := cmp.Diff(want, m.Patient); diff != "" {
			t.Error(diff)
		}
	}
}

// Every list of a registration is among its items, and none holds the identifiers of the patient.
func TestItemsHoldAllButTheIdentifiers(t *testing.T) {
	r := new(registration.Registration)
	v := reflect.ValueOf(r).Elem()
	var want []string
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		want = append(want, name)
		if f := v.Field(i); f.Kind() == reflect.Slice {
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		}
	}
	r.Patient.Identifiers = []registration.Identifier{{System: registration.BSN, Value: "999900201"}}
	var got []string
	for i := range registration.Items(r) {
		got = append(got, i.Kind)
		if strings.Contains(string(i.JSON), "999900201") {
			t.Errorf("%s: %s", i.Kind, i.JSON)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("items %v, fields %v", got, want)
	}
	if len(r.Patient.Identifiers) != 1 {
		t.Error("the registration changed")
	}
}

func TestFromItemsNamesTheFault(t *testing.T) {
	for body, want := range map[string]string{
		`procedures {"kind":1}`: "item procedures Procedure/a: ",
		`nonsense {}`:           "item nonsense Procedure/a: there is no such kind",
		`patient []`:            "item patient Procedure/a: ",
	} {
		kind, text, _ := strings.Cut(body, " ")
		_, err := registration.FromItems(slices.Values([]registration.Item{{Kind: kind, Origin: registration.Origin{Key: "Procedure/a"}, JSON: json.RawMessage(text)}}))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}
