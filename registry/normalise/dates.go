package normalise

import (
	"time"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// lengths are how much of a local day a precision leaves.
var lengths = map[Precision]int{ToYear: len("2006"), ToMonth: len("2006-01"), ToDay: len("2006-01-02"), "": len("2006")}

// cut gives what a precision leaves of a date, which has less when less is known.
func cut(t fhir.DateTime, precision Precision) string {
	if t.IsZero() || precision == NoDate {
		return ""
	}
	text := localDay(t)
	return text[:min(len(text), lengths[precision])]
}

// localDay is a date without its time of day, in the zone where days are counted.
func localDay(t fhir.DateTime) string {
	if t.Precision == fhir.Second {
		return mapping.DayOf(t.Time).String()
	}
	return t.Text
}

// date reads a date of a registration, and reports one that is none. Of a moment the local
// day is left: nothing at a registry asks for more, and the minute tells who it was.
func (b *builder) date(at place, element, text string) fhir.DateTime {
	if text == "" {
		return fhir.DateTime{}
	}
	t, err := fhir.ParseDateTime(text)
	if err != nil {
		b.leave(at, element, "not a FHIR date or dateTime")
		return fhir.DateTime{}
	}
	if t.Precision == fhir.Second {
		t, _ = fhir.ParseDateTime(localDay(t)) // a day that was just written
	}
	return t
}

// cutDate is date with what a precision leaves.
func (b *builder) cutDate(at place, element, text string, precision Precision) fhir.DateTime {
	return b.date(at, element, cut(b.date(at, element, text), precision))
}

// period reads the two ends of a stretch of time; an end before the begin is left out.
func (b *builder) period(at place, from, until string) encode.Period {
	p := encode.Period{From: b.date(at, "from", from), Until: b.date(at, "until", until)}
	if !p.From.IsZero() && !p.Until.IsZero() && p.Until.Precision == p.From.Precision && p.Until.Time.Before(p.From.Time) {
		b.leave(at, "until", "an end before the begin")
		p.Until = fhir.DateTime{}
	}
	return p
}

// asInstant is a date as a moment: the first that it can mean.
func asInstant(t fhir.DateTime) fhir.DateTime {
	if t.IsZero() || t.Precision == fhir.Second {
		return t
	}
	out, err := fhir.ParseDateTime(t.Time.Format(time.RFC3339))
	if err != nil {
		panic(err) // RFC 3339 with seconds is a FHIR instant
	}
	return out
}
