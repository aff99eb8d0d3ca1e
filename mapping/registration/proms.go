package registration

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

// responses takes the completed PROMs: their answers in terms of our forms, and their
// scores with the moment of the course to which they belong.
func (r *reader) responses() {
	instruments := make(map[*fhir.QuestionnaireResponse]int)
	for i := range r.scores.Answered {
		instruments[r.scores.Answered[i].Response]++
	}
	for i := range r.scores.Answered {
		r.response(&r.scores.Answered[i], instruments)
	}
	moments := make(map[*prom.Scored]string)
	for _, line := range prom.Follow(*r.scores, r.record).Course {
		for _, p := range line.Points {
			if p.Scored != nil {
				moments[p.Scored] = p.Phase
			}
		}
	}
	for i := range r.scores.Scores {
		s := &r.scores.Scores[i]
		r.score(s, moments[s], instruments)
	}
	r.fates = append(r.fates, r.scores.Superseded...)
	for _, u := range r.scores.Unrecognised {
		if x := r.named[u.Response]; ours(u.Questionnaire) && x != nil {
			if !r.served[x] {
				r.drop(x, "item", "a form for the record, not a questionnaire of the registry")
			}
			continue
		}
		r.fates = append(r.fates, fhir.Fate{Resource: u.Response, Path: "item", Reason: u.Reason})
	}
}

// ours reports whether a questionnaire is one of our forms for the record.
func ours(canonical string) bool {
	url, _, _ := strings.Cut(canonical, "|")
	url = mapping.FormOf(url)
	return slices.ContainsFunc(mapping.Definitions, func(d mapping.Definition) bool { return d.Section.Questionnaire() == url })
}

// complete says of the statuses of a response whether it is taken; in error it is withdrawn.
var complete = map[string]bool{"completed": true, "amended": true, "entered-in-error": true}

// responseOrigin is the origin of the part of a response that is one instrument.
func (r *reader) responseOrigin(x *fhir.QuestionnaireResponse, i *prom.Instrument, instruments map[*fhir.QuestionnaireResponse]int) (Origin, bool) {
	key := r.key(x)
	if key == "" {
		return Origin{}, false
	}
	o, _ := r.origin(x, r.clinic(x, []*fhir.Reference{x.Encounter}))
	o.Retracted = x.Status == "entered-in-error"
	if instruments[x] > 1 {
		o = o.part(i.ID)
	}
	return o, true
}

func (r *reader) response(a *prom.Answered, instruments map[*fhir.QuestionnaireResponse]int) {
	x := a.Response
	date, dated := mapping.DateOf(x.Authored)
	switch {
	case !complete[x.Status]:
		r.drop(x, "status", "not completed")
		return
	case dated && date.First > r.record.AsOf:
		r.drop(x, "authored", afterAsOf)
		return
	}
	o, ok := r.responseOrigin(x, a.Instrument, instruments)
	if !ok {
		r.origin(x, "") // says why
		return
	}
	r.serve(x)
	one := Response{Origin: o, Questionnaire: a.Instrument.Canonical(), Status: x.Status}
	if o.Retracted {
		r.out.Responses = append(r.out.Responses, one)
		return
	}
	one.Date = x.Authored.Text
	one.Answers = make([]Answer, 0, len(a.Values))
	for k, v := range a.Values {
		if v != nil {
			one.Answers = append(one.Answers, answer(&a.Instrument.Items[k], v))
		}
	}
	for _, id := range a.Unclear {
		r.drop(x, "item["+id+"]", "an answer without a number or code that we know is not passed on")
	}
	r.out.Responses = append(r.out.Responses, one)
}

// answer puts a value as the item of our form has it.
func answer(item *prom.Item, v *big.Rat) Answer {
	a := Answer{LinkID: item.ID}
	switch item.Kind {
	case prom.Option:
		a.Coding = &Coding{prom.OptionSystem, mapping.FormatRat(v)}
	case prom.Clock:
		a.Time = clock(v)
	default:
		a.Number = mapping.FormatRat(v)
	}
	return a
}

// clock writes hours since midnight as a time of day, to the second below.
func clock(hours *big.Rat) string {
	seconds := new(big.Rat).Mul(hours, big.NewRat(3600, 1))
	n := new(big.Int).Quo(seconds.Num(), seconds.Denom()).Int64()
	return fmt.Sprintf("%02d:%02d:%02d", n/3600, n/60%60, n%60)
}

func (r *reader) score(s *prom.Scored, moment string, instruments map[*fhir.QuestionnaireResponse]int) {
	if s.Day.Text != "" && s.Day.First > r.record.AsOf {
		return // the response says why
	}
	var from []Origin
	for _, x := range s.Responses {
		o, ok := r.responseOrigin(x, s.Instrument, instruments)
		if !ok || !complete[x.Status] {
			return
		}
		from = append(from, o)
	}
	if len(from) == 0 || !slices.ContainsFunc(s.Responses, func(x *fhir.QuestionnaireResponse) bool { return !delivered(x) }) {
		return // what was delivered has its scores with it
	}
	one := Score{Instrument: s.Instrument.ID, Scale: s.Scale.Name}
	for _, o := range from {
		one.Responses = append(one.Responses, o.Key)
	}
	slices.Sort(one.Responses)
	one.Origin = from[slices.IndexFunc(from, func(o Origin) bool { return o.Key == one.Responses[0] })]
	for i := range from {
		if from[i].Compare(&one.Origin) > 0 {
			one.Updated, one.Version = from[i].Updated, from[i].Version
		}
	}
	one.Origin = one.part("score." + s.Instrument.Code(s.Scale))
	if len(one.Responses) > 1 {
		one.Basis = one.Responses
	}
	if one.Retracted {
		r.out.Scores = append(r.out.Scores, one)
		return
	}
	one.Date, one.Unit, one.Rule, one.Moment = s.On(), s.Scale.Unit, s.Rule, moment
	if s.Value != nil {
		one.Value = mapping.FormatRat(s.Value)
	} else {
		one.NotScoreable = s.NotScoreable
	}
	r.out.Scores = append(r.out.Scores, one)
}
