package population

import (
	"math"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// questionnaires adds completed PROMs of a day that go with an intensity of pain: the
// NRS, the ODI of a back that was operated on, and after treatment the GPE.
func (l *life) questionnaires(day mapping.Day, moment string, pain float64) {
	nrs := min(max(math.Round(pain*10)/10, 0), 10)
	l.response(day, moment, "nrs", []registration.Answer{{LinkID: "nrs.1", Number: decimal(nrs, 1)}}, scored{"value", decimal(nrs, 1), "{score}", "nrs.value/complete@1"})
	if l.truth.Indication == "fbss" {
		answers := make([]registration.Answer, 10)
		sum := 0
		for i := range answers {
			n := min(max(int(math.Round(pain/2+l.NormFloat64()*0.7)), 0), 5)
			sum += n
			answers[i] = option("odi."+strconv.Itoa(i+1), n)
		}
		l.response(day, moment, "odi", answers, scored{"total", strconv.Itoa(2 * sum), "%", "odi.total/max1-missing@1"})
	}
	if moment != "baseline" && l.pain > 0 {
		effect, success := min(1+int(pain/l.pain*6), 7), "0"
		if effect <= 2 {
			success = "1"
		}
		l.response(day, moment, "gpe", []registration.Answer{option("gpe.1", effect)},
			scored{"value", strconv.Itoa(effect), "{score}", "gpe.value/complete@1"}, scored{"success", success, "{score}", "gpe.success/complete@1"})
	}
}

// scored is a score of a response.
type scored struct{ scale, value, unit, rule string }

func (l *life) response(day mapping.Day, moment, instrument string, answers []registration.Answer, scores ...scored) {
	o := l.origin("QuestionnaireResponse", day)
	o.Clinic = ""
	l.out.Responses = append(l.out.Responses, registration.Response{
		Origin: o, Questionnaire: prom.ByID(instrument).Canonical(), Status: "completed", Date: instant(day, 20, 0), Answers: answers,
	})
	for _, s := range scores {
		own := o
		own.Key += "#score." + instrument + "." + s.scale
		l.out.Scores = append(l.out.Scores, registration.Score{
			Origin: own, Instrument: instrument, Scale: s.scale, Date: day.String(), Value: s.value, Unit: s.unit, Rule: s.rule,
			Moment: moment, Responses: []string{o.Key},
		})
	}
}

func option(linkID string, n int) registration.Answer {
	return registration.Answer{LinkID: linkID, Coding: &registration.Coding{System: prom.OptionSystem, Code: strconv.Itoa(n)}}
}
