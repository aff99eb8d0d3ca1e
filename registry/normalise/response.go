package normalise

import (
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

var responseStatuses = []string{"in-progress", "completed", "amended", "stopped", enteredInError}

// responses makes the QuestionnaireResponses to the instruments. Only answers that are
// numbers, codes and times of day are sent, to items that the form has.
func (b *builder) responses() error {
	for i := range b.registration.Responses {
		item := &b.registration.Responses[i]
		at := place{"responses", i}
		f, err := formOf(item.Questionnaire)
		if err != nil {
			return err
		}
		if f == nil {
			b.leave(at, "questionnaire", "not a form that is sent")
			continue
		}
		e, err := b.add(responseProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		b.index("responses", item.Key, e)
		out := encode.QuestionnaireResponse{Questionnaire: f.URL + "|" + f.Version, Status: status(e, item.Status, responseStatuses...)}
		if out.Status == "unknown" { // which the type lacks
			out.Status = "completed"
		}
		if !e.Retracted {
			b.happened(item.Date)
			out.Authored = b.date(at, "date", item.Date)
			out.Items = b.answers(at, f, item.Answers)
		}
		e.build = func(link linker, head encode.Head) encode.Resource {
			out := out
			out.ID, out.Profile, out.Identifiers, out.Subject = head.ID, head.Profile, head.Identifiers, link(b.patient).Reference
			return &out
		}
	}
	return nil
}

// answers lays answers in the items of a form.
func (b *builder) answers(at place, f *form, given []registration.Answer) []encode.ResponseItem {
	var list []encode.ResponseItem
	taken := 0
	for i := range f.Items {
		it := &f.Items[i]
		out := encode.ResponseItem{LinkID: it.LinkID}
		for _, a := range given {
			if a.LinkID != it.LinkID {
				continue
			}
			taken++
			if answer := answerOf(it, a); answer != nil {
				out.Answers = append(out.Answers, answer)
			} else {
				b.leave(at, "answers", "an answer of another type than its item has")
			}
		}
		if len(out.Answers) > 0 {
			list = append(list, out)
		}
	}
	if taken < len(given) {
		b.leave(at, "answers", strconv.Itoa(len(given)-taken)+" answers to items that the form has not")
	}
	return list
}

// answerOf is an answer in the type of its item; nil when it has another.
func answerOf(it *formItem, a registration.Answer) encode.Answer {
	if a.Number != "" && it.Type != "choice" && !it.within(a.Number) {
		return nil
	}
	if read := answerTypes[it.Type]; read != nil {
		return read(it, a)
	}
	return nil
}

// answerTypes read the answers to the types of items. Free words have none.
var answerTypes = map[string]func(it *formItem, a registration.Answer) encode.Answer{
	"choice": func(it *formItem, a registration.Answer) encode.Answer {
		if a.Coding != nil {
			if c, ok := coding(*a.Coding); ok {
				return c
			}
		} else if code, ok := it.option(a.Number); ok {
			return encode.Coding{System: prom.OptionSystem, Code: code}
		}
		return nil
	},
	"integer": func(_ *formItem, a registration.Answer) encode.Answer {
		if n, err := strconv.ParseInt(a.Number, 10, 32); err == nil {
			return encode.Integer(n)
		}
		return nil
	},
	"decimal": func(_ *formItem, a registration.Answer) encode.Answer {
		if decimal.MatchString(a.Number) {
			return encode.Decimal(a.Number)
		}
		return nil
	},
	"time": func(_ *formItem, a registration.Answer) encode.Answer {
		if fhir.IsTime(a.Time) {
			return encode.Time(a.Time)
		}
		return nil
	},
}
