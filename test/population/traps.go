package population

import (
	"time"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// trap is the course of a patient with a trap. It falls in the calendar year of the
// start; a neighbouring year is needed for those about New Year, and where that is
// past the end nothing more happens.
func (l *life) trap(trap Trap, start mapping.Day) {
	year, _, _ := start.Date()
	first, last := mapping.NewDay(year, time.January, 10), mapping.NewDay(year, time.December, 31)
	switch trap {
	case AcrossNewYear:
		l.truth.Trial = last.String()
		l.operation(registration.Trial, last).Start = utc(last, 22, 30)
		if last+10 <= l.end {
			l.place(l.operation(registration.Generator, last+10))
			l.truth.Converted, l.truth.Implanted = true, (last + 10).String()
		}
	case MidnightUTC:
		day := mapping.NewDay(year, time.January, 1)
		l.truth.Trial = day.String()
		l.operation(registration.Trial, day).Start = utc(day-1, 23, 30)
	case TwiceInYear:
		l.truth.Trial = first.String()
		l.operation(registration.Trial, first)
		l.place(l.operation(registration.Generator, first+10))
		l.reason(l.operation(registration.Revision, first+200), "lead-migration")
		l.truth.Converted, l.truth.Implanted, l.truth.Revised = true, (first + 10).String(), []string{(first + 200).String()}
	case TwoClinics:
		l.truth.Trial = first.String()
		l.clinic = ClinicA
		l.operation(registration.Trial, first)
		l.clinic = ClinicB
		l.place(l.operation(registration.Implant, first+30))
		l.truth.Converted, l.truth.Implanted = true, (first + 30).String()
	case Cancelled:
		l.operation(registration.Trial, first).Status = "not-done"
	case EnteredInError:
		p := l.operation(registration.Implant, first)
		*p = registration.Procedure{Origin: p.Origin, Kind: p.Kind, Modality: p.Modality, Status: "entered-in-error"}
		p.Retracted = true
		l.out.Contacts = nil
	case GeneratorOnly:
		l.place(l.operation(registration.Generator, first))
		l.truth.Converted, l.truth.Implanted = true, first.String()
	case ExplantOnly:
		l.reason(l.operation(registration.Explant, first), "patient-request")
		l.truth.Removed = first.String()
	case UnknownHistory:
		p := l.operation(registration.Replacement, first)
		l.reason(p, "battery-depleted")
		l.place(p)
		l.truth.Replaced = []string{first.String()}
	case KindNotTold:
		p := l.operation(registration.Unspecified, first)
		p.Possible = []registration.ProcedureKind{registration.Trial, registration.Implant}
		p.Modality = ""
		p.Codings = []registration.Coding{{System: "http://snomed.info/sct", Code: "3270004"}}
	case Undated:
		p := l.operation(registration.Implant, first)
		p.Start = ""
		if l.number%2 == 0 {
			p.Start = first.String()[:4]
		}
	}
}

// utc is a time of day in UTC.
func utc(day mapping.Day, hour, minute int) string {
	y, m, d := day.Date()
	return time.Date(y, m, d, hour, minute, 0, 0, time.UTC).Format(time.RFC3339)
}
