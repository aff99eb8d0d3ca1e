package prom

import (
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// listed is the weight that a list of answers gives to a code; weight is nil where no
// list gives one.
type listed struct {
	weight  *big.Rat
	place   string     // what the list is part of
	all     []*big.Rat // the weights of the whole list
	unclear bool       // the weight of another member contradicts itself
}

// weigh is the weight of one member of a list, or why it has none.
type weigh func() (*big.Rat, string)

// add takes a member of the list in. The same code twice must weigh the same.
func (l *listed) add(same bool, weight weigh) (reason string) {
	w, reason := weight()
	switch {
	case reason != "" && same:
		return reason
	case w == nil:
		l.unclear = l.unclear || reason != ""
		return ""
	case same && l.weight != nil && l.weight.Cmp(w) != 0:
		return l.place + " lists the answer twice, with different weights"
	case same:
		l.weight = w
	}
	l.all = append(l.all, w)
	return ""
}

// fits reports whether all weights of the list are clear and lie in the range of the item: options
// weighted 1 to 6 are not an item of 0 to 5.
func (l *listed) fits(item *Item) bool {
	for _, w := range l.all {
		if w.Cmp(whole(item.Min)) < 0 || w.Cmp(whole(item.Max)) > 0 {
			return false
		}
	}
	return !l.unclear
}

// listedWeight searches the lists of a question's answers: its options, its ValueSet,
// the CodeSystem of the answer. Only a code equal in system and code counts.
func (s *scorer) listedWeight(f *form, c *fhir.Coding, question *fhir.QuestionnaireItem) (found listed, reason string) {
	if c.Code == "" {
		return listed{}, ""
	}
	for _, search := range []func(*form, *fhir.Coding, *fhir.QuestionnaireItem) (listed, string){s.inOptions, s.inValueSets, s.inCodeSystems} {
		if found, reason = search(f, c, question); reason != "" || found.weight != nil {
			return found, reason
		}
	}
	return listed{}, ""
}

func (*scorer) inOptions(_ *form, c *fhir.Coding, question *fhir.QuestionnaireItem) (l listed, reason string) {
	if question == nil {
		return l, ""
	}
	l.place = "the Questionnaire"
	for k := range question.AnswerOption {
		option := &question.AnswerOption[k]
		same := option.Coding != nil && option.Coding.Code == c.Code && option.Coding.System == c.System
		if reason = l.add(same, func() (*big.Rat, string) { return optionWeight(option) }); reason != "" {
			return l, reason
		}
	}
	return l, ""
}

func (s *scorer) inValueSets(f *form, c *fhir.Coding, question *fhir.QuestionnaireItem) (l listed, reason string) {
	if question == nil || question.AnswerValueSet == "" {
		return l, ""
	}
	l.place = "the ValueSet"
	for _, r := range s.definitions(f) {
		v, ok := r.(*fhir.ValueSet)
		if !ok || !names(question.AnswerValueSet, v.ID, v.URL, v.Version, f.isContained(v)) {
			continue
		}
		for _, include := range v.Compose.Include {
			if reason = l.concepts(include.Concept, c, include.System == c.System); reason != "" {
				return l, reason
			}
		}
	}
	return l, ""
}

func (s *scorer) inCodeSystems(f *form, c *fhir.Coding, _ *fhir.QuestionnaireItem) (l listed, reason string) {
	if c.System == "" {
		return l, ""
	}
	l.place = "the CodeSystem"
	for _, r := range s.definitions(f) {
		if system, ok := r.(*fhir.CodeSystem); ok && system.URL == c.System && (c.Version == "" || c.Version == system.Version) {
			if reason = l.concepts(system.Concept, c, true); reason != "" {
				return l, reason
			}
		}
	}
	return l, ""
}

// concepts takes in the concepts of a system, nested ones too.
func (l *listed) concepts(list []fhir.WeightedConcept, c *fhir.Coding, sameSystem bool) (reason string) {
	for k := range list {
		concept := &list[k]
		same := sameSystem && concept.Code == c.Code
		if reason = l.add(same, func() (*big.Rat, string) { return extensionWeight(concept.Extension, nil) }); reason != "" {
			return reason
		}
		if reason = l.concepts(concept.Concept, c, sameSystem); reason != "" {
			return reason
		}
	}
	return ""
}

// definitions are the ValueSets and CodeSystems that a form may use: contained in its
// Questionnaire, or in the chart.
func (s *scorer) definitions(f *form) []fhir.Resource {
	if f.questionnaire == nil {
		return s.terminology
	}
	return append(f.questionnaire.Contained[:len(f.questionnaire.Contained):len(f.questionnaire.Contained)], s.terminology...)
}

// isContained reports whether a resource is part of the form's Questionnaire.
func (f *form) isContained(r fhir.Resource) bool {
	if f.questionnaire == nil {
		return false
	}
	for _, c := range f.questionnaire.Contained {
		if c == r {
			return true
		}
	}
	return false
}

// names reports whether a canonical, or "#id" of a contained resource, names a
// definition.
func names(canonical, id, url, version string, contained bool) bool {
	if local, ok := strings.CutPrefix(canonical, "#"); ok {
		return contained && local == id
	}
	wanted, exactly, versioned := strings.Cut(canonical, "|")
	return wanted == url && (!versioned || exactly == version)
}
