package forms

import (
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/intake"
)

// trigger says when an item is asked. What triggers it may be known from other
// sources, so an item falls away only once an answer rules it out.
type trigger struct {
	// unless are answers, as {question, answer}, each of which rules the item out.
	unless [][2]string
	// on are answers to one question; another answer than these rules the item out.
	on [][2]string
}

// triggers are the items that depend on another answer, by linkId; in the group of
// an indication, without it. Questions are in the same group.
var triggers = map[string]trigger{
	"pregnancy":               {unless: [][2]string{{"sex", "male"}}},
	"psychiatric-referral":    {unless: [][2]string{{"psychiatric-disorder", "none"}}},
	"life-expectancy-over-12": {unless: answered("life-expectancy-months")},
	"coanalgesic":             {on: neuropathic},
	"coanalgesics-complete":   {on: neuropathic},
	"crps-onset":              {unless: [][2]string{{"crps-type", "II"}}},

	"consideration.cons-nociceptive":      {on: [][2]string{{"mechanism", "nociceptive"}}},
	"consideration.cons-antiinflammatory": {unless: [][2]string{{"inflammation", "false"}}},
	"consideration.cons-dmso-lt1y":        {unless: [][2]string{{"crps-type", "II"}, {"inflammation", "false"}}},
	"consideration.cons-dmso-gt1y":        {unless: [][2]string{{"crps-type", "II"}}},
	"consideration.cons-nac":              {unless: [][2]string{{"crps-type", "II"}, {"inflammation", "true"}}},
	"consideration.inv-thoracic-block":    {unless: [][2]string{{"residual-state", "false"}, {"site", "lower-limb"}, {"site", "other"}}},
	"consideration.inv-ketamine":          {unless: [][2]string{{"residual-state", "false"}}},

	"trial-start":    {unless: [][2]string{{"trial-done", "false"}}},
	"trial-end":      {unless: [][2]string{{"trial-done", "false"}}},
	"extension-days": {unless: [][2]string{{"doubt-recorded", "false"}}},
	"taper-guidance": {unless: [][2]string{{"opioids-now", "none"}}},

	"accountable-centre": {unless: [][2]string{{"cooperation-agreement", "false"}}},
	"ons-patients":       {unless: [][2]string{{"offers-ons", "false"}}},
	"ons-specialised":    {unless: [][2]string{{"offers-ons", "false"}}},
}

var neuropathic = [][2]string{{"mechanism", "neuropathic"}, {"mechanism", "nociplastic"}}

// whatever stands for any answer at all.
const whatever = "*"

func answered(question string) [][2]string { return [][2]string{{question, whatever}} }

// conditions are those under which an item is asked: all, or any one of them.
func conditions(linkID string) (list []encode.Condition, anyOne bool) {
	_, id, end := mapping.DefinitionOf(linkID)
	if end != "" {
		return []encode.Condition{{Question: id, Operator: encode.Exists, Answer: encode.Boolean(false)}}, false
	}
	prefix, name := intake.Split(linkID)
	if prefix != "" {
		prefix += "."
	}
	t := triggers[name]
	for _, pair := range t.unless {
		list = append(list, unless(prefix+pair[0], pair[1]))
	}
	for _, pair := range t.on {
		list = append(list, encode.Condition{Question: prefix + pair[0], Operator: encode.Equal, Answer: coding(pair[1])})
	}
	if t.on != nil {
		list = append(list, encode.Condition{Question: prefix + t.on[0][0], Operator: encode.Exists, Answer: encode.Boolean(false)})
	}
	return list, t.on != nil
}

func unless(question, answer string) encode.Condition {
	switch answer {
	case whatever:
		return encode.Condition{Question: question, Operator: encode.Exists, Answer: encode.Boolean(false)}
	case "true", "false":
		return encode.Condition{Question: question, Operator: encode.NotEqual, Answer: encode.Boolean(answer == "true")}
	}
	return encode.Condition{Question: question, Operator: encode.NotEqual, Answer: coding(answer)}
}

func coding(code string) encode.Coding {
	return encode.Coding{System: mapping.IntakeSystem, Code: code}
}

// groupConditions: the group of an indication is asked when it is the reason for
// the request, or while no reason is given.
func groupConditions(indication string) []encode.Condition {
	return []encode.Condition{
		{Question: "reason", Operator: encode.Equal, Answer: coding(indication)},
		{Question: "reason", Operator: encode.Exists, Answer: encode.Boolean(false)},
	}
}
