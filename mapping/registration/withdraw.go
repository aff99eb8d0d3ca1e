package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Withdraw adds to what a chart was registered as (sent, by Of and judged) what it takes
// back of what was known. They are added Retracted; neither registration changes.
//
//   - Items of a resource that came along in a strictly later version and no longer gives
//     them, as when a code was put right. A measurement that still says the same stays.
//   - What is derived, when a resource that it rests on came along so and it does not
//     follow any more. What has a date of its own, such as a dose, was so on that day, and
//     falls only with a resource that was entered in error.
//   - Judgements in a phase that was judged anew, on indications that are no longer among
//     those, and on indications that are taken back.
func Withdraw(known, sent *Registration, chart *fhir.Chart, options Options) *Registration {
	w := newWithdrawal(chart, options)
	out := new(Registration)
	for _, l := range lists {
		l.withdraw(out, known, sent, w)
	}
	out.Judgements = withJudgements(known, out)
	out.Patient = sent.Patient
	return out
}

// withdrawal is what came along, by key.
type withdrawal struct {
	*reader
	versions map[string]Origin
	came     map[string]fhir.Resource
}

func newWithdrawal(chart *fhir.Chart, options Options) *withdrawal {
	if options.Terminology == nil {
		options.Terminology = terminology.Embedded()
	}
	w := &withdrawal{newReader(chart, new(mapping.Record), new(prom.Result), options), make(map[string]Origin), make(map[string]fhir.Resource)}
	for _, x := range chart.Resources {
		meta := x.Head().Meta
		o := Origin{Key: w.key(x), Version: meta.VersionID, Updated: meta.LastUpdated.Text}
		if other, ok := w.versions[o.Key]; o.Key != "" && (!ok || o.Compare(&other) > 0) {
			w.versions[o.Key], w.came[o.Key] = o, x
		}
	}
	return w
}

// states are what is derived as it is now, under keys without a date: with what it rests
// on it changes, and does not become history.
var states = []string{"derived/pain/", "derived/team/"}

// now is the version in which something takes an item back; ok is false when nothing does.
func (w *withdrawal) now(o *Origin) (version Origin, ok bool) {
	state := slices.ContainsFunc(states, func(prefix string) bool { return strings.HasPrefix(o.Key, prefix) })
	for _, key := range append([]string{o.Key, resourceKey(o.Key)}, o.Basis...) {
		own := key == o.Key || key == resourceKey(o.Key)
		key = resourceKey(key)
		now, came := w.versions[key]
		if !came || now.Compare(o) <= 0 || !own && !state && !inError(w.came[key]) {
			continue
		}
		if !ok || now.Compare(&version) > 0 {
			version, ok = now, true
		}
	}
	return version, ok
}

// resourceKey is the key of the resource of which an item is a part.
func resourceKey(key string) string {
	base, _, _ := strings.Cut(key, "#")
	return base
}

// inError reports whether a resource was entered in error.
func inError(x fhir.Resource) bool {
	const code = "entered-in-error"
	switch x := x.(type) {
	case *fhir.Condition:
		return codeOf(x.VerificationStatus, "http://terminology.hl7.org/CodeSystem/condition-ver-status") == code
	case *fhir.Observation:
		return x.Status == code
	case *fhir.QuestionnaireResponse:
		return x.Status == code
	case *fhir.MedicationStatement:
		return x.Status == code
	case *fhir.MedicationRequest:
		return x.Status == code
	case *fhir.Procedure:
		return x.Status == code
	}
	return false
}

// stands reports whether a measurement of a known item is still what its Observation
// says, though another one is what counts now.
func (w *withdrawal) stands(m *Measurement) bool {
	x, ok := w.came[m.Key].(*fhir.Observation)
	if !ok || inError(x) {
		return false
	}
	kind, ok := meaning(measured, w.concepts(x.Code))
	var now Measurement
	return ok && kind == m.Kind && now.number(&x.Value) && now.Value == m.Value && now.High == m.High && now.Unit == m.Unit
}

// withdrawn are the items of known that are taken back.
func withdrawn[T any, P item[T]](known, sent []T, w *withdrawal) []T {
	given := make(map[string]bool, len(sent))
	for i := range sent {
		given[P(&sent[i]).origin().Key] = true
	}
	var list []T
	for i := range known {
		o := P(&known[i]).origin()
		now, ok := w.now(o)
		if !ok || given[o.Key] || o.Retracted {
			continue
		}
		if m, is := any(P(&known[i])).(*Measurement); is && w.stands(m) {
			continue
		}
		one := known[i]
		from := P(&one).origin()
		from.Retracted, from.Version, from.Updated = true, now.Version, now.Updated
		list = append(list, one)
	}
	return list
}

// judgedTogether is the key of judgements up to their indication: what was judged in one go.
func judgedTogether(key string) string {
	parts := strings.SplitAfterN(key, "/", 5)
	if len(parts) < 5 || parts[0]+parts[1] != "derived/judgement/" {
		return ""
	}
	return strings.Join(parts[:4], "")
}

// withJudgements are the judgements of out, with those that it takes back of known.
func withJudgements(known, out *Registration) []Judgement {
	again, given := make(map[string]bool), make(map[string]bool)
	for i := range out.Judgements {
		again[judgedTogether(out.Judgements[i].Key)], given[out.Judgements[i].Key] = true, true
	}
	holds, falls := make(map[string]bool), make(map[string]bool)
	all := Merge(known, out)
	for i := range all.Indications {
		if x := &all.Indications[i]; x.Retracted {
			falls[x.Code] = true
		} else {
			holds[x.Code] = true
		}
	}
	list := out.Judgements
	for _, one := range known.Judgements {
		together := judgedTogether(one.Key)
		if one.Retracted || given[one.Key] || together == "" {
			continue
		}
		if again[together] || falls[one.Indication] && !holds[one.Indication] {
			one.Retracted = true
			list = append(list, one)
		}
	}
	return union[Judgement, *Judgement](nil, list)
}
