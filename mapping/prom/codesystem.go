package prom

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// The CodeSystems that go with the tables.
const (
	// OptionSystem is that of the options in our own Questionnaires; a code is the
	// value itself.
	OptionSystem = mapping.CanonicalBase + "/CodeSystem/prom-option"
	// ScoreSystem is that of the scores; a code is "<instrument>.<score>".
	ScoreSystem = mapping.CanonicalBase + "/CodeSystem/prom-score"
	// RuleSystem is that of the rules by which scores are computed; a code is
	// Scored.Rule.
	RuleSystem = mapping.CanonicalBase + "/CodeSystem/prom-rule"
)

type codeSystem struct {
	ResourceType  string    `json:"resourceType"`
	ID            string    `json:"id"`
	URL           string    `json:"url"`
	Version       string    `json:"version"`
	Name          string    `json:"name"`
	Title         string    `json:"title"`
	Status        string    `json:"status"`
	Description   string    `json:"description"`
	CaseSensitive bool      `json:"caseSensitive"`
	Content       string    `json:"content"`
	Concept       []concept `json:"concept"`
}

type concept struct {
	Extension  []extension `json:"extension,omitempty"`
	Code       string      `json:"code"`
	Display    string      `json:"display"`
	Definition string      `json:"definition,omitempty"`
}

// codeSystems are the CodeSystems of options, scores and rules.
func codeSystems() []codeSystem {
	options := ours(OptionSystem, "PROMOption", "Options of PROM items",
		"Options of the items of outcome instruments by their value; what the words of an option are differs per item.")
	for value := range int64(maxOption() + 1) {
		code := strconv.FormatInt(value, 10)
		options.Concept = append(options.Concept, concept{Extension: []extension{ordinal(value)}, Code: code, Display: code})
	}
	scores := ours(ScoreSystem, "PROMScore", "Scores of PROMs", "Scores of outcome instruments, as instrument.score, with the range of each.")
	rules := ours(RuleSystem, "PROMRule", "Rules of PROM scores",
		"The rules by which scores are computed, as instrument.score/rule@version: how many items may be missing, or which variant of the instrument's own rules.")
	for _, i := range Instruments {
		for k := range i.Scales {
			scale := &i.Scales[k]
			scores.Concept = append(scores.Concept, concept{Code: i.Code(scale), Display: i.Title + ", " + scale.Name, Definition: scale.definition()})
			for _, rule := range scale.Rules {
				rules.Concept = append(rules.Concept, concept{Code: i.ruleID(scale, rule), Display: i.Title + ", " + scale.Name + ": " + rule})
			}
		}
	}
	return []codeSystem{options, scores, rules}
}

// ours is a CodeSystem of ours without its concepts.
func ours(url, name, title, description string) codeSystem {
	return codeSystem{ResourceType: "CodeSystem", ID: url[strings.LastIndexByte(url, '/')+1:], URL: url, Version: formVersion, Name: name, Title: title,
		Status: "active", Description: description, CaseSensitive: true, Content: "complete"}
}

// Code is the code of a score in ScoreSystem.
func (i *Instrument) Code(scale *Scale) string { return i.ID + "." + scale.Name }

// ruleID names a rule of a score with its version.
func (i *Instrument) ruleID(scale *Scale, rule string) string {
	return fmt.Sprintf("%s/%s@%d", i.Code(scale), rule, ruleVersion)
}

// definition says the range and direction of a score.
func (s *Scale) definition() string {
	better := "lower"
	if s.Direction == HigherIsBetter {
		better = "higher"
	}
	return fmt.Sprintf("From %s to %s, in %s; %s is better.", mapping.FormatRat(s.Low), mapping.FormatRat(s.High), s.Unit, better)
}

// Parts are the scores of the instrument over some of a scale's items: the
// subscales of a total.
func (i *Instrument) Parts(scale *Scale) []*Scale {
	var parts []*Scale
	for k := range i.Scales {
		part := &i.Scales[k]
		if len(part.Items) < len(scale.Items) && subset(part.Items, scale.Items) {
			parts = append(parts, part)
		}
	}
	return parts
}

func subset(some, all []string) bool {
	return !slices.ContainsFunc(some, func(item string) bool { return !slices.Contains(all, item) })
}

// ScoreLOINC is the LOINC code of a score: its own, or that of its only item when
// the score is the answer itself. Empty where none is verified.
func (i *Instrument) ScoreLOINC(scale *Scale) string {
	if scale.LOINC == "" && len(scale.Items) == 1 && scale.Formula == nil && scale.Factor.Cmp(whole(1)) == 0 {
		return i.Items[i.item(scale.Items[0])].LOINC
	}
	return scale.LOINC
}

func maxOption() (highest int64) {
	for _, i := range Instruments {
		for _, item := range i.Items {
			if item.Kind == Option {
				highest = max(highest, item.Max)
			}
		}
	}
	return highest
}
