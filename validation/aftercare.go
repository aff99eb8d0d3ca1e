package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// aftercare judges the aftercare part of chapter 1.
var aftercare = Rules{
	{ID: "opioid-taper-after-implant", Test: Some{
		Coded{Fact: "opioids-now", Yes: []string{"none"}, No: []string{"yes"}}, Stated{"taper-guidance"}},
		Do: note{"Begeleid het afbouwen van de opioïden en leg dat vast", "Guide the tapering of the opioids and record it"}},
	{ID: "aftercare-visits-3-6-12", Test: Reading{ID: "A45", Default: VisitsAt{[]int{3, 6, 12}, 30},
		Other: map[string]Test{"fourteen-days": VisitsAt{[]int{3, 6, 12}, 14}}},
		Do: note{"Plan de controle die ontbreekt", "Plan the visit that is lacking"}},
	{ID: "aftercare-proms-6m-yearly", Test: Reading{ID: "A27", Default: PromsEveryYear{First: 6, Tolerance: 30},
		Other: map[string]Test{"from-six-months": PromsEveryYear{First: 6, Tolerance: 30, FromFirst: true}}},
		Do: note{"Laat de PROMs invullen", "Have the PROMs completed"}},
	{ID: "aftercare-yearly-contact", Test: ContactEveryYear{},
		Do: note{"Plan het jaarlijkse contact", "Plan the yearly contact"}},
}

// qualified are the roles that count as a qualified professional of the pain team.
var qualified = mapping.Roles[:len(mapping.Roles)-1]

// moment is one moment at which something is owed: the days on which it counts.
type moment struct{ from, to mapping.Day }

// owed weighs moments: each that has passed must be kept. Days gives, per
// event, the day and whether it is certain to count.
func (j *judge) owed(moments []moment, events []event, fact string) finding {
	var kept, open, failed finding
	due := 0
	for _, m := range moments {
		truth, evidence := keeps(events, m)
		passed := m.to < j.asOf
		switch {
		case truth == kleene.True:
			due++
			kept.join(finding{evidence: evidence})
		case !passed:
			continue
		case truth == kleene.Unknown:
			due++
			open.join(unknown(fact, Unsettled, evidence...))
		case j.recordComplete():
			due++
			failed.join(finding{evidence: j.fact("implant-date").Values[0].Evidence})
			failed.truth = kleene.False
		default:
			due++
			f := unknown(fact, Absent)
			f.note = noteRecordOpen
			open.join(f)
		}
	}
	switch {
	case failed.truth == kleene.False:
		return failed
	case len(open.missing) > 0:
		return open
	case due == 0:
		f := unknown(fact, NotYetDue)
		f.note = notePending
		return f
	}
	kept.truth = kleene.True
	return kept
}

func (j *judge) recordComplete() bool {
	return Stated{"aftercare-record-complete"}.eval(j).truth == kleene.True
}

// event is something that happened on a day, perhaps partly known, and whether it
// is certain to be of the kind that counts.
type event struct {
	date     mapping.Date
	counts   kleene.Truth
	evidence mapping.Evidence
}

// keeps tells whether some event falls within a moment.
func keeps(events []event, m moment) (kleene.Truth, []mapping.Evidence) {
	best := kleene.False
	var evidence []mapping.Evidence
	for _, e := range events {
		within := kleene.False
		if e.date.First >= m.from && e.date.Last <= m.to {
			within = kleene.True
		} else if e.date.Last >= m.from && e.date.First <= m.to {
			within = kleene.Unknown
		}
		truth := kleene.And(within, e.counts)
		if truth > best {
			best, evidence = truth, nil
		}
		if truth == best && truth != kleene.False {
			evidence = append(evidence, e.evidence)
		}
	}
	return best, evidence
}

// meetings are visits or contacts with whether the professional counts.
func meetings(list []mapping.Meeting) []event {
	events := make([]event, len(list))
	for i, m := range list {
		counts := kleene.Of(contains(qualified, m.Role))
		if m.Role == "" || m.Role == "other" {
			counts = kleene.Unknown
		}
		events[i] = event{m.Date, counts, m.Evidence}
	}
	return events
}

// implanted gives the day of implantation, or why it is not known.
func (j *judge) implanted() (mapping.Day, *finding) {
	fact := j.fact("implant-date")
	var f finding
	switch {
	case len(fact.Values) == 0:
		f = unknown("implant-date", Absent)
	case len(fact.Values) > 1:
		f = unknown("implant-date", Contradictory, evidenceOf(fact)...)
	case !fact.Values[0].Date.IsExact():
		f = unknown("implant-date", Imprecise, evidenceOf(fact)...)
	default:
		return fact.Values[0].Date.First, nil
	}
	return 0, &f
}

// VisitsAt is true when the patient was seen at each of the months that have
// passed, give or take the tolerance.
type VisitsAt struct {
	Months    []int
	Tolerance int // days
}

func (t VisitsAt) eval(j *judge) finding {
	day, f := j.implanted()
	if f != nil {
		return *f
	}
	moments := make([]moment, len(t.Months))
	for i, m := range t.Months {
		at := day.AddMonths(m)
		moments[i] = moment{at - mapping.Day(t.Tolerance), at + mapping.Day(t.Tolerance)}
	}
	return j.owed(moments, meetings(j.record.Visits), "visit")
}

// PromsEveryYear is true when the PROMs were completed at First months and then
// every year: counted from that moment or from implantation, whichever is kept
// (reading A27).
type PromsEveryYear struct {
	First, Tolerance int // months, days
	FromFirst        bool
}

func (t PromsEveryYear) eval(j *judge) finding {
	day, f := j.implanted()
	if f != nil {
		return *f
	}
	fact := j.fact("proms-completed")
	var events []event
	for i := range fact.Values {
		for _, e := range fact.Values[i].Evidence {
			events = append(events, event{fact.Values[i].Date, kleene.True, e})
		}
	}
	fromFirst := j.owed(t.moments(j, day, t.First+12), events, "proms-completed")
	if t.FromFirst || fromFirst.truth == kleene.True {
		return fromFirst
	}
	fromImplant := j.owed(t.moments(j, day, 12), events, "proms-completed")
	if fromImplant.truth > fromFirst.truth {
		return fromImplant
	}
	return fromFirst
}

// moments are the first one and then every twelve months from next on, until the as-of day.
func (t PromsEveryYear) moments(j *judge, implant mapping.Day, next int) []moment {
	tolerance := mapping.Day(t.Tolerance)
	at := implant.AddMonths(t.First)
	list := []moment{{at - tolerance, at + tolerance}}
	for month := next; implant.AddMonths(month)-tolerance <= j.asOf; month += 12 {
		at := implant.AddMonths(month)
		list = append(list, moment{at - tolerance, at + tolerance})
	}
	return list
}

// ContactEveryYear is true when each full year after the first had a contact or visit.
type ContactEveryYear struct{}

func (ContactEveryYear) eval(j *judge) finding {
	day, f := j.implanted()
	if f != nil {
		return *f
	}
	var moments []moment
	for year := 1; day.AddMonths(12*year) <= j.asOf; year++ {
		moments = append(moments, moment{day.AddMonths(12*year) + 1, day.AddMonths(12 * (year + 1))})
	}
	return j.owed(moments, append(meetings(j.record.Contacts), meetings(j.record.Visits)...), "contact")
}

// aftercareConclusion: overdue when a duty was missed, compliant when none is and
// nothing but the future is open.
func (j *judge) aftercareConclusion() Conclusion {
	conclusion := Compliant
	for i := range j.set.rules {
		if j.set.rules[i].entry.Effect != standpunt.DutyOfCare {
			continue
		}
		switch r := j.run(i); {
		case r.outcome == kleene.NotMet:
			return Overdue
		case r.outcome == kleene.Undecided && !onlyNotYetDue(r.missing):
			conclusion = NeedsData
		}
	}
	return conclusion
}

func onlyNotYetDue(missing []Missing) bool {
	for _, m := range missing {
		if m.Why != NotYetDue {
			return false
		}
	}
	return true
}
