package population

import (
	"math"
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// course is what happens after the first operation, as the parameters have it.
func (l *life) course(start mapping.Day) {
	converts := l.chance(l.TrialConversion)
	l.truth.AllInOne = converts && l.chance(l.AllInOne)
	day, ended := l.trial(start)
	if ended > l.end && !l.truth.AllInOne {
		return
	}
	if !l.truth.AllInOne {
		if !converts {
			l.operation(registration.Explant, ended)
			return
		}
		kind := registration.Generator
		if l.chance(0.3) {
			kind = registration.Implant
		}
		day = ended + mapping.Day(l.IntN(28))
		if day > l.end {
			return
		}
		l.place(l.operation(kind, day))
	}
	l.implanted(day)
}

// trial is the first operation and what was measured; an all-in-one places the generator too.
func (l *life) trial(start mapping.Day) (placed, ended mapping.Day) {
	l.truth.Trial = start.String()
	trial := l.operation(registration.Trial, start)
	ended = start + 7 + mapping.Day(l.IntN(15))
	l.truth.Responder = l.chance(l.Responders)
	if l.truth.AllInOne {
		generator := l.operation(registration.Generator, start)
		l.out.Procedures[len(l.out.Procedures)-1].Encounter = trial.Encounter
		l.out.Contacts = l.out.Contacts[:len(l.out.Contacts)-1]
		l.place(generator)
	}
	if ended <= l.end {
		o := registration.Origin{Key: "derived/pain/trial/nrs", Updated: instant(ended, 17, 30)}
		l.out.Measurements = append(l.out.Measurements, registration.Measurement{
			Origin: o, Kind: "pain-nrs", Window: "trial", From: (ended - 3).String(), To: ended.String(), Days: 4,
			Value: decimal(l.pain*(0.3+0.2*l.Float64()), 2), Unit: "{score}",
		})
	}
	return start, ended
}

// implanted is the time with a system.
func (l *life) implanted(day mapping.Day) {
	l.truth.Converted, l.truth.Implanted = true, day.String()
	last := l.end
	if removal := day + l.after(l.RemovalsPerYear); removal <= l.end {
		last = removal
		l.truth.Removed = removal.String()
	}
	for at := day + l.after(l.RevisionsPerYear); at < last; at += l.after(l.RevisionsPerYear) {
		reason := []string{"lead-migration", "lead-migration", "lead-fracture", "pocket-pain", "infection", "loss-of-effect"}[l.IntN(6)]
		l.reason(l.operation(registration.Revision, at), reason)
		l.truth.Revised = append(l.truth.Revised, at.String())
	}
	for at := day + l.battery(); at < last; at += l.battery() {
		p := l.operation(registration.Replacement, at)
		l.reason(p, "battery-depleted")
		l.retire(at)
		l.place(p)
		l.truth.Replaced = append(l.truth.Replaced, at.String())
	}
	for at := day + l.after(l.EventsPerYear); at < last; at += l.after(l.EventsPerYear) {
		l.event(at)
	}
	if l.truth.Removed != "" {
		l.reason(l.operation(registration.Explant, last), []string{"infection", "loss-of-effect", "patient-request"}[l.IntN(3)])
		l.retire(last)
	}
	l.truth.Years = float64(last-day) / 365.25
	l.followUp(day, last)
}

// battery draws the days that a generator lasts: log-normal about the median.
func (l *life) battery() mapping.Day {
	if l.BatteryYears <= 0 {
		return math.MaxInt32 / 2
	}
	return mapping.Day(l.BatteryYears*365.25*math.Exp(0.25*l.NormFloat64())) + 1
}

// followUp is the questionnaires after six months and then every year.
func (l *life) followUp(day, last mapping.Day) {
	left := l.pain * (0.6 + 0.5*l.Float64())
	if l.truth.Responder {
		left = l.pain * (0.1 + 0.39*l.Float64())
	}
	for months := 6; ; {
		due := day.AddMonths(months)
		if due > last {
			return
		}
		l.truth.Due++
		moment := "6-months"
		if months >= 12 {
			moment = "year-" + strconv.Itoa(months/12)
		}
		if l.chance(l.PROMResponse) {
			l.truth.Answered++
			l.questionnaires(min(due+mapping.Day(l.IntN(21)), l.end), moment, left)
			l.visit(due)
		}
		if months == 6 {
			months = 12
		} else {
			months += 12
		}
	}
}

// operation adds a completed operation on a day, in a contact of its own.
func (l *life) operation(kind registration.ProcedureKind, day mapping.Day) *registration.Procedure {
	visit := l.origin("Encounter", day)
	l.out.Contacts = append(l.out.Contacts, registration.Contact{Origin: visit, Kind: "visit", Role: "anaesthesiologist-pain-specialist", Date: instant(day, 9, 0)})
	l.out.Procedures = append(l.out.Procedures, registration.Procedure{
		Origin: l.origin("Procedure", day), Kind: kind, Modality: l.truth.Modality, Status: "completed", Start: instant(day, 10, 0),
		Indications: []string{l.indicated}, Encounter: visit.Key,
		Specialty: []string{"anaesthesiologist-pain-specialist", "anaesthesiologist-pain-specialist", "neurosurgeon"}[l.IntN(3)],
	})
	return &l.out.Procedures[len(l.out.Procedures)-1]
}

// makers are makes of devices that do not exist.
var makers = []struct{ name, model, udi string }{
	{"Voorbeeld Medical", "VM-100", "08712345000011"}, {"Voorbeeld Medical", "VM-200", "08712345000028"}, {"Stimulus BV", "ST-7", "08798765000010"},
}

// place puts a generator in, with its price where that is known.
func (l *life) place(p *registration.Procedure) {
	day, _ := registration.DateOf(p.Start)
	make := makers[l.IntN(len(makers))]
	d := registration.Device{
		Origin: l.origin("Device", day.First), Manufacturer: make.name, Model: make.model, Status: "active", From: day.First.String(),
		Serial: "SN" + strconv.Itoa(l.number) + "X" + strconv.Itoa(l.things),
	}
	d.Clinic, d.Version = "", ""
	if l.chance(l.UDICoverage) {
		d.UDI = make.udi
	}
	l.device = d.Key
	p.Devices = append(p.Devices, d.Key)
	l.out.Devices = append(l.out.Devices, d)
	if !l.chance(l.CostCoverage) {
		return
	}
	for _, c := range []struct {
		kind  string
		least int
	}{{"material", 9000}, {"treatment", 4000}} {
		cost := registration.Cost{
			Origin: l.origin("ChargeItem", day.First), Kind: c.kind, Date: day.First.String(), Currency: "EUR",
			Amount: decimal(float64(c.least)+math.Round(l.Float64()*600000)/100, 2),
		}
		if c.kind == "material" {
			cost.Device = d.Key
		}
		l.out.Costs = append(l.out.Costs, cost)
	}
}

// retire ends the use of the generator in place.
func (l *life) retire(day mapping.Day) {
	i := slices.IndexFunc(l.out.Devices, func(d registration.Device) bool { return d.Key == l.device })
	if i < 0 {
		return
	}
	l.out.Devices[i].Status, l.out.Devices[i].Until, l.out.Devices[i].Updated = "completed", day.String(), instant(day, 17, 30)
	p := &l.out.Procedures[len(l.out.Procedures)-1]
	p.Devices = append(p.Devices, l.device)
}

func (l *life) reason(p *registration.Procedure, code string) {
	p.Reasons = []registration.Coding{{System: registration.RevisionReasonSystem, Code: code}}
}

func (l *life) event(day mapping.Day) {
	l.truth.Events++
	serious := l.chance(l.SeriousEvents)
	l.out.Complications = append(l.out.Complications, registration.Complication{
		Origin: l.origin("AdverseEvent", day), Date: day.String(), Serious: &serious, Device: l.device,
		Kind: []string{"lead-migration", "lead-fracture", "infection", "pocket-pain", "hardware", "dural-puncture", "neurological", "other"}[l.IntN(8)],
	})
}

func (l *life) visit(day mapping.Day) {
	o := l.origin("Encounter", day)
	l.out.Contacts = append(l.out.Contacts, registration.Contact{
		Origin: o, Kind: []string{"visit", "visit", "contact"}[l.IntN(3)], Role: "nurse-specialist", Date: instant(day, 11, 0),
	})
}
