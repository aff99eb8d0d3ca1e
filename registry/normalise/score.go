package normalise

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// scale is a score of an instrument by what a registration calls it.
type scale struct {
	loinc     string // where verified
	unit      string
	low, high *big.Rat
}

// scales are the scores that exist, by instrument and scale.
var scales = func() map[[2]string]scale {
	known := make(map[[2]string]scale)
	for _, i := range prom.Instruments {
		for k := range i.Scales {
			s := &i.Scales[k]
			known[[2]string{i.ID, s.Name}] = scale{i.ScoreLOINC(s), s.Unit, s.Low, s.High}
		}
	}
	return known
}()

// scores makes the Observations of the scores of PROMs.
func (b *builder) scores() error {
	for i := range b.registration.Scores {
		item := &b.registration.Scores[i]
		at := place{"scores", i}
		known, ok := scales[[2]string{item.Instrument, item.Scale}]
		if !ok && !item.Retracted {
			b.leave(at, "scale", "a score that no instrument has")
			continue
		}
		e, err := b.add(scoreProfile, at, item.Origin, item.Key)
		if err != nil || e == nil {
			if err != nil {
				return err
			}
			continue
		}
		b.score(at, e, known, item, ok)
	}
	return nil
}

func (b *builder) score(at place, e *Entry, known scale, item *registration.Score, ok bool) {
	out := encode.Observation{Status: status(e, "final", "final"), Category: encode.Coding{System: categories, Code: "survey"}, Code: unknownConcept}
	if ok {
		out.Code = encode.Concept{Codings: []encode.Coding{{System: prom.ScoreSystem, Code: item.Instrument + "." + item.Scale}}}
		if known.loinc != "" {
			out.Code.Codings = append([]encode.Coding{{System: loinc, Code: known.loinc}}, out.Code.Codings...)
		}
	}
	var responses []*Entry
	if !e.Retracted {
		b.happened(item.Date)
		responses = b.find("responses", item.Responses...)
		out.Effective = b.date(at, "date", item.Date)
		out.Extensions = b.extension(at, "prom-moment", "prom-moment", item.Moment)
		out.Method = b.coded(at, "rule", "prom-rule", item.Rule)
		if value, is := b.number(at, "value", item.Value, known.low, known.high); is {
			out.Value = &encode.Quantity{Value: value, Code: known.unit}
		} else {
			out.Absent = unknownConcept
		}
	}
	e.build = func(link linker, head encode.Head) encode.Resource {
		out := out
		out.ID, out.Profile, out.Identifiers, out.Subject = head.ID, head.Profile, head.Identifiers, link(b.patient)
		out.Sources = links(link, responses)
		return &out
	}
}
