package epd

import (
	"math"
	"math/big"
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// The weighted score of the standpunt (footnote 2) is a mean over four days.
const windowDays = 4

// window is a stretch of days, both ends included.
type window struct {
	name     string
	from, to mapping.Day
	// after bounds the readings that may count, where the window reaches back
	// to before what it is about began.
	after mapping.Day
}

const someDay = mapping.Day(math.MaxInt32)

// exactDay is the day of a fact known as exactly one day.
func (m *mapper) exactDay(fact string) (mapping.Day, bool) {
	f := m.record.Fact(fact)
	if len(f.Values) != 1 || !f.Values[0].Date.IsExact() {
		return 0, false
	}
	return f.Values[0].Date.First, true
}

// earliest is the first day on which what a fact dates can have been.
func (m *mapper) earliest(fact string) (day mapping.Day, known bool) {
	day = someDay
	for _, v := range m.record.Fact(fact).Values {
		day = min(day, v.Date.First)
	}
	return day, day != someDay
}

// latest is the last day on which what a fact dates can have been.
func (m *mapper) latest(fact string) (day mapping.Day, known bool) {
	day = anyDay
	for _, v := range m.record.Fact(fact).Values {
		day = max(day, v.Date.Last)
	}
	return day, day != anyDay
}

// settlePain weighs the readings: four days at intake, at the end of the trial
// and, in doubt, before and after switching off.
func (m *mapper) settlePain() {
	slices.SortStableFunc(m.readings, func(a, b reading) int { return a.compare(&b) })
	m.readings = m.distinct(m.readings)
	for _, scale := range []mapping.Scale{mapping.NRS, mapping.VAS} {
		list := m.onlyScale(scale)
		if len(list) == 0 {
			continue
		}
		former := m.formerImplant()
		if until, ok := m.intakeEnd(former); ok {
			m.weighLatest("intake", list, former, until)
		}
		if end, start, ok := m.last("trial-start", "trial-end", "implant-date"); ok {
			m.weigh(window{"trial", end - windowDays + 1, end, start}, list)
		}
		if start, ok := m.earliest("off-start"); ok {
			implanted, _ := m.latest("implant-date")
			m.weighLatest("before", list, implanted, start-1)
		}
		if end, start, ok := m.last("off-start", "off-end", ""); ok {
			m.weigh(window{"off", end - windowDays + 1, end, start}, list)
		}
	}
	m.predominant()
	m.diary()
}

// onlyScale is the stretch of the sorted readings that are on one scale.
func (m *mapper) onlyScale(scale mapping.Scale) []reading {
	is := func(r reading) bool { return r.Scale == scale }
	from := slices.IndexFunc(m.readings, is)
	if from < 0 {
		return nil
	}
	to := from
	for to < len(m.readings) && is(m.readings[to]) {
		to++
	}
	return m.readings[from:to]
}

// intakeEnd is the last day whose readings can be of the intake: the day before
// the trial, an implantation without trial, or switching off; else the as-of
// day. Where a trial has ended whose start is not recorded it is unknown. What
// lies before former, the day of an earlier implantation, is of that course.
func (m *mapper) intakeEnd(former mapping.Day) (mapping.Day, bool) {
	end, bounded := m.AsOf, false
	for _, fact := range []string{"trial-start", "implant-date", "off-start"} {
		if day, ok := m.earliest(fact); ok && day > former {
			end, bounded = min(end, day-1), true
		}
	}
	ended, ok := m.latest("trial-end")
	return end, bounded || !ok || ended <= former
}

// formerImplant is the day of the latest implantation when neuromodulation was
// requested after it: a new course has begun then.
func (m *mapper) formerImplant() mapping.Day {
	former, implanted := m.latest("implant-date")
	if !implanted {
		return anyDay
	}
	for _, v := range m.record.Fact("modality").Values {
		for _, e := range v.Evidence {
			asked, err := fhir.ParseDateTime(e.Date)
			if date, ok := mapping.DateOf(asked); err == nil && ok && date.First > former {
				return former
			}
		}
	}
	return anyDay
}

// last is the last day of a period that ends with the fact end, or still runs.
// What makes it over without an end being recorded leaves it unknown.
func (m *mapper) last(startFact, endFact, over string) (end, start mapping.Day, ok bool) {
	start, started := m.earliest(startFact)
	if !started {
		start = anyDay
	}
	if len(m.record.Fact(endFact).Values) > 0 {
		end, ok = m.exactDay(endFact)
		return end, start, ok
	}
	return m.AsOf, start, started && (over == "" || len(m.record.Fact(over).Values) == 0)
}

// weighLatest weighs the latest four consecutive days with readings; without
// such a run the latest day with readings and the three before it.
func (m *mapper) weighLatest(name string, list []reading, after, until mapping.Day) {
	latest, end, run := anyDay, anyDay, 0
	previous := anyDay
	for i := len(list) - 1; i >= 0; i-- {
		day := list[i].Day
		if day > until || day < after || day == previous {
			continue
		}
		if latest == anyDay {
			latest = day
		}
		if previous != anyDay && day == previous-1 {
			run++
		} else {
			end, run = day, 1
		}
		if run == windowDays {
			m.weigh(window{name, end - windowDays + 1, end, after}, list)
			return
		}
		previous = day
	}
	if latest != anyDay {
		m.weigh(window{name, latest - windowDays + 1, latest, after}, list)
	}
}

// weigh adds the weighted scores of a window: over all readings, and per site
// where sites are given. The readings are in order of time.
func (m *mapper) weigh(w window, list []reading) {
	first := max(w.from, w.after)
	for len(list) > 0 && list[0].Day < first {
		list = list[1:]
	}
	for len(list) > 0 && list[len(list)-1].Day > w.to {
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return
	}
	m.record.Pain = append(m.record.Pain, weighted(w, "", list))
	for _, site := range []string{"arm", "back", "leg", "neck"} {
		if n := countAt(site, list); n == len(list) {
			score := m.record.Pain[len(m.record.Pain)-1] // the same readings
			score.Site = site
			m.record.Pain = append(m.record.Pain, score)
		} else if n > 0 {
			elsewhere := func(r reading) bool { return r.Site != site }
			m.record.Pain = append(m.record.Pain, weighted(w, site, slices.DeleteFunc(slices.Clone(list), elsewhere)))
		}
	}
}

func countAt(site string, list []reading) (n int) {
	for i := range list {
		if list[i].Site == site {
			n++
		}
	}
	return n
}

// weighted is the score of readings that are in order of time.
func weighted(w window, site string, list []reading) mapping.PainScore {
	p := mapping.PainScore{
		Window: w.name, Scale: list[0].Scale, Site: site, From: w.from, To: w.to,
		Readings: len(list), Evidence: make([]mapping.Evidence, 0, len(list)),
	}
	var total sum
	days := make([]daySum, 0, windowDays)
	for start := 0; start < len(list); {
		end, moments := start, 0
		for ; end < len(list) && list[end].Day == list[start].Day; end++ {
			p.Evidence = append(p.Evidence, list[end].Evidence)
			if end == start || !list[end].Instant.Equal(list[end-1].Instant) {
				moments++
			}
		}
		at := slices.IndexFunc(days, func(d daySum) bool { return d.readings == end-start })
		if at < 0 {
			at = len(days)
			days = append(days, daySum{readings: end - start})
		}
		for i := start; i < end; i++ {
			total.add(list[i].Value)
			days[at].add(list[i].Value)
		}
		if p.Days == 0 || moments < p.PerDay {
			p.PerDay = moments
		}
		p.Days++
		start = end
	}
	p.Mean = total.over(p.Readings)
	if len(days) == 1 {
		p.DayMean = p.Mean // as many readings on every day
		return p
	}
	p.DayMean = new(big.Rat)
	for i := range days {
		p.DayMean.Add(p.DayMean, days[i].over(days[i].readings*p.Days))
	}
	return p
}

// daySum is the sum over all days with so many readings.
type daySum struct {
	sum
	readings int
}
