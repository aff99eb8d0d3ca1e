package prom

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// weight finds the number an answer stands for, in the search order of the SDC
// function weight(): the answer's own extension, the option of the Questionnaire with
// the same system and code, its ValueSet, the CodeSystem. Last come codes whose value
// is known: our own options and LOINC answers. Reason is set where the sources
// contradict each other or themselves.
func (s *scorer) weight(f *form, answer *fhir.Answer, item *Item, question *fhir.QuestionnaireItem, declared bool) (w *big.Rat, flag, reason string) {
	var extensions []fhir.Extension
	if answer.Coding != nil {
		extensions = answer.Coding.Extension
	}
	inline, reason := extensionWeight(extensions, answer.Weights)
	if reason != "" {
		return nil, "", reason
	}
	if answer.Coding == nil {
		return inline, "", ""
	}
	list, reason := s.listedWeight(f, answer.Coding, question)
	if reason != "" {
		return nil, "", reason
	}
	listed := list.weight
	if listed != nil && !declared && !list.fits(item) {
		return nil, "", "the weights of the options are not the instrument's values, and no encoding is declared"
	}
	switch {
	case inline != nil && listed != nil && inline.Cmp(listed) != 0:
		return inline, "the weight in the answer differs from the one in " + list.place, ""
	case inline != nil:
		return inline, "", ""
	case listed != nil:
		return listed, "", ""
	}
	if answer.Coding.System == OptionSystem {
		if n, ok := numeral(answer.Coding.Code); ok {
			return n, "", ""
		}
	}
	if value, ok := item.Answers[answer.Coding.Code]; ok && answer.Coding.System == loinc {
		return whole(value), "", ""
	}
	return nil, "", ""
}

// extensionWeight is the ordinalValue or itemWeight among extensions, which must
// agree with each other and with the weights that stand on the value itself.
func extensionWeight(extensions []fhir.Extension, onValue []fhir.Decimal) (*big.Rat, string) {
	literals := onValue[:len(onValue):len(onValue)]
	for k := range extensions {
		if url := extensions[k].URL; url == fhir.OrdinalValue || url == fhir.ItemWeight {
			literals = append(literals, extensions[k].Decimal, extensions[k].Integer)
		}
	}
	var w *big.Rat
	for _, literal := range literals {
		if literal == "" {
			continue
		}
		r, err := literal.Rat()
		if err != nil {
			return nil, "the weight of the answer is not a number"
		}
		if w != nil && w.Cmp(r) != 0 {
			return nil, "ordinalValue and itemWeight contradict each other"
		}
		w = r
	}
	return w, ""
}

// optionWeight is the weight of an option, on the option or on its coding.
func optionWeight(option *fhir.AnswerOption) (*big.Rat, string) {
	extensions := option.Extension
	if option.Coding != nil {
		extensions = append(extensions[:len(extensions):len(extensions)], option.Coding.Extension...)
	}
	return extensionWeight(extensions, option.Weights)
}
