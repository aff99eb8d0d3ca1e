package prom

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// OptionSystem is the CodeSystem of the options in our own Questionnaires; a
// code is the value itself.
const OptionSystem = mapping.CanonicalBase + "/CodeSystem/prom-option"

// weight finds the number an answer stands for, in the search order of the SDC
// function weight(): the answer's own extension, then the option of the
// Questionnaire with the same system and code. Last come codes whose value is
// known: our own options and LOINC answers. Reason is set where the sources
// contradict each other or themselves.
func weight(answer *fhir.Answer, item *Item, question *fhir.QuestionnaireItem, declared bool) (w *big.Rat, flag, reason string) {
	var extensions []fhir.Extension
	if answer.Coding != nil {
		extensions = answer.Coding.Extension
	}
	inline, reason := extensionWeight(extensions, answer.Weight)
	if reason != "" {
		return nil, "", reason
	}
	if answer.Coding == nil {
		return inline, "", ""
	}
	option := matchingOption(answer.Coding, question)
	var listed *big.Rat
	if option != nil {
		if listed, reason = optionWeight(option); reason != "" {
			return nil, "", reason
		}
		if listed != nil && !declared && !weightsFit(question, item) {
			return nil, "", "the weights of the options are not the instrument's values, and no encoding is declared"
		}
	}
	switch {
	case inline != nil && listed != nil && inline.Cmp(listed) != 0:
		return inline, "the weight in the answer differs from the one in the Questionnaire", ""
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
// agree with each other and with the weight the decoder found on the value.
func extensionWeight(extensions []fhir.Extension, onValue fhir.Decimal) (*big.Rat, string) {
	literals := []fhir.Decimal{onValue}
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
	return extensionWeight(extensions, option.Weight)
}

// matchingOption is the option equal to the coding in system and code.
func matchingOption(c *fhir.Coding, question *fhir.QuestionnaireItem) *fhir.AnswerOption {
	if question == nil || c.Code == "" {
		return nil
	}
	for k := range question.AnswerOption {
		o := question.AnswerOption[k].Coding
		if o != nil && o.Code == c.Code && o.System == c.System {
			return &question.AnswerOption[k]
		}
	}
	return nil
}

// weightsFit reports whether all weights of a question's options lie in the
// range of the item: options weighted 1 to 6 are not an item of 0 to 5.
func weightsFit(question *fhir.QuestionnaireItem, item *Item) bool {
	for k := range question.AnswerOption {
		w, reason := optionWeight(&question.AnswerOption[k])
		if reason != "" || w != nil && (w.Cmp(whole(item.Min)) < 0 || w.Cmp(whole(item.Max)) > 0) {
			return false
		}
	}
	return true
}
