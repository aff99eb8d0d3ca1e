package prom

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// Result is what became of the QuestionnaireResponses of a chart: each is
// scored (also when the score is "not scoreable, because"), listed as
// unrecognised, superseded, or some of these in parts.
type Result struct {
	Scores       []Scored       `json:"scores"`
	Unrecognised []Unrecognised `json:"unrecognised"`
	// Superseded are responses of which a later version came along.
	Superseded []fhir.Fate `json:"superseded"`
	// Answered holds the answers behind the scores, per response and instrument.
	Answered []Answered `json:"-"`
}

// Unrecognised is a response, or the items of one, that nothing tells us the
// meaning of.
type Unrecognised struct {
	Response      string   `json:"response"`
	Questionnaire string   `json:"questionnaire"` // canonical; empty when the response has none
	Items         []string `json:"items"`         // linkIds of the answered items
	Reason        string   `json:"reason"`
}

// Scored is one score of one response.
type Scored struct {
	Instrument *Instrument
	Scale      *Scale
	// Responses holds the response, or those whose parts were put together, in
	// the order of the chart.
	Responses []*fhir.QuestionnaireResponse
	// Day is when it was filled in; ok to be partial, zero Text when not said.
	Day mapping.Date
	// Value is exact; nil when not scoreable, and NotScoreable says why.
	Value        *big.Rat
	NotScoreable string
	// Rule is the rule's id with its version.
	Rule string
	// Answered counts the items answered; Missing lists the others.
	Answered int
	Missing  []string
	// Prorated: the answered items stood in for missing ones.
	Prorated bool
	// Stored is the score as kept in the response, Discrepancy that the computed
	// one, rounded to as many decimals, is another.
	Stored      *big.Rat
	Discrepancy bool
	// Flags are remarks for people.
	Flags []string
	// Evidence names the answers behind the score.
	Evidence []mapping.Evidence
}

// ruleVersion changes with the meaning of a rule id.
const ruleVersion = 1

// Response names the response, or the responses joined by a comma.
func (s *Scored) Response() string {
	name := ""
	for k, r := range s.Responses {
		if k > 0 {
			name += ","
		}
		name += fhir.Name(r)
	}
	return name
}

// On is the local day when it was filled in, or the literal of a partial date.
func (s *Scored) On() string {
	if s.Day.Text != "" && s.Day.IsExact() {
		return s.Day.First.String()
	}
	return s.Day.Text
}

// MarshalJSON writes the line of score output.
func (s Scored) MarshalJSON() ([]byte, error) {
	missing := s.Missing
	if missing == nil {
		missing = []string{}
	}
	var reason *string
	if s.Value == nil {
		reason = &s.NotScoreable
	}
	return json.Marshal(struct {
		Response     string       `json:"response"`
		Instrument   string       `json:"instrument"`
		Score        string       `json:"score"`
		Value        *json.Number `json:"value"`
		Unit         string       `json:"unit"`
		Rule         string       `json:"rule"`
		Answered     int          `json:"answered"`
		Missing      []string     `json:"missing"`
		Prorated     bool         `json:"prorated"`
		NotScoreable *string      `json:"notScoreable"`
		Stored       *json.Number `json:"stored"`
		Discrepancy  bool         `json:"discrepancy"`
	}{s.Response(), s.Instrument.ID, s.Scale.Name, number(s.Value), s.Scale.Unit, s.Rule, s.Answered,
		missing, s.Prorated, reason, number(s.Stored), s.Discrepancy})
}

// number is r in at most ten decimals, or null.
func number(r *big.Rat) *json.Number {
	if r == nil {
		return nil
	}
	n := json.Number(mapping.FormatRat(r))
	if n == "-0" {
		n = "0"
	}
	return &n
}

// Score scores every QuestionnaireResponse of a chart, in the order of the chart
// and of Instruments.
func Score(chart *fhir.Chart, config Config) Result {
	s := scorer{chart: chart, config: &config}
	result := Result{Scores: []Scored{}, Unrecognised: []Unrecognised{}, Superseded: []fhir.Fate{}}
	var responses []*fhir.QuestionnaireResponse
	for _, r := range chart.Resources {
		switch r := r.(type) {
		case *fhir.QuestionnaireResponse:
			responses = append(responses, r)
		case *fhir.Questionnaire:
			s.questionnaires = append(s.questionnaires, r)
		case *fhir.ValueSet, *fhir.CodeSystem:
			s.terminology = append(s.terminology, r)
		}
	}
	var readings []*reading
	for k, r := range responses {
		if later := superseding(responses, k); later {
			result.Superseded = append(result.Superseded, fhir.Fate{Resource: fhir.Name(r), Path: r.Origin.Path, Reason: "a later version of this response came along"})
			continue
		}
		read, unrecognised := s.read(r)
		readings = append(readings, read...)
		result.Unrecognised = append(result.Unrecognised, unrecognised...)
	}
	for _, r := range readings {
		result.Answered = append(result.Answered, r.answered())
	}
	for _, r := range join(readings) {
		for k := range r.instrument.Scales {
			result.Scores = append(result.Scores, s.score(r, &r.instrument.Scales[k]))
		}
	}
	return result
}

// scorer holds what all responses of a chart are read with.
type scorer struct {
	chart          *fhir.Chart
	config         *Config
	questionnaires []*fhir.Questionnaire
	terminology    []fhir.Resource // ValueSets and CodeSystems
}

// score computes one score of a reading.
func (s *scorer) score(r *reading, scale *Scale) Scored {
	rule, reason := s.config.rule(r.instrument, scale)
	out := Scored{
		Instrument: r.instrument, Scale: scale, Responses: r.responses, Day: r.day,
		Rule: r.instrument.ruleID(scale, rule),
	}
	if r.refused != "" {
		reason = r.refused
	}
	values := make([]*big.Rat, len(scale.Items))
	absent := 0 // of the items that the rule is about
	for k, id := range scale.Items {
		index := r.instrument.item(id)
		c := &r.cells[index]
		if c.reason != "" && reason == "" {
			reason = id + ": " + c.reason
		}
		out.Flags = append(out.Flags, c.flags...)
		out.Evidence = append(out.Evidence, c.evidence...)
		if c.value != nil {
			values[k] = c.value
			out.Answered++
			continue
		}
		if c.reason == "" {
			out.Missing = append(out.Missing, id)
			if !r.instrument.Items[index].Optional {
				absent++
			}
		}
	}
	if reason == "" {
		reason = tooFew(rule, absent, out.Answered, len(scale.Items))
	}
	if reason == "" {
		o := scale.compute(rule, values, out.Answered)
		out.Value, reason = o.value, o.reason
		out.Flags = append(out.Flags, o.flags...)
	}
	if out.Value == nil {
		out.NotScoreable = reason
	}
	out.Prorated = out.Value != nil && absent > 0
	if stored := r.stored[scale.Name]; stored != nil {
		out.compare(stored)
	}
	return out
}

// tooFew says why a score with absent items may not be computed under a rule.
func tooFew(rule string, absent, answered, items int) string {
	allowed := missingRules[rule](items)
	switch {
	case answered == 0:
		return "no item is answered"
	case absent > allowed:
		return fmt.Sprintf("%d of %d items missing, rule %s allows %d", absent, items, rule, allowed)
	}
	return ""
}

// compute applies the scale's formula, or its factor to the mean of the answered items.
func (s *Scale) compute(rule string, values []*big.Rat, answered int) outcome {
	if s.Formula != nil {
		return s.Formula(rule, values)
	}
	sum := new(big.Rat)
	for _, v := range values {
		if v != nil {
			sum.Add(sum, v)
		}
	}
	return outcome{value: sum.Mul(sum, new(big.Rat).Quo(s.Factor, whole(int64(answered))))}
}
