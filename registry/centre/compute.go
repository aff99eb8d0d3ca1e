package centre

import (
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// The number of years that are shown.
const (
	volumeYears = 10
	trendYears  = 5
)

// definitions are all figures, in the order of annex 3, article 6, after those of the norms.
var definitions = slices.Concat(volumeFigures(), production[:2], trialling, production[2:], aftermath[:4], adverse, aftermath[4:], characteristics, costs, textbook, promFigures, completeness)

// computation is what is kept while the patients go by.
type computation struct {
	Options
	received Received
	seen     map[uint64]bool
	seed     maphash.Seed
	volumes  *volumes
	years    []int
	tallies  [][]*tally // by year
	curves   curves
	courses  scoreCourses
}

// Compute makes the report of a year. It goes over the patients once; what it keeps does
// not grow with what is on record of them. A patient who comes twice is an error: counted
// twice, every figure would be wrong.
func Compute(patients Patients, options Options) (*Report, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	c := &computation{Options: options, seen: map[uint64]bool{}, seed: maphash.MakeSeed(), volumes: newVolumes(), curves: curves{}, courses: scoreCourses{}}
	for number := options.Year - trendYears + 1; number <= options.Year; number++ {
		c.years = append(c.years, number)
		var tallies []*tally
		for i := range definitions {
			tallies = append(tallies, newTally(&definitions[i], number != options.Year))
		}
		c.tallies = append(c.tallies, tallies)
	}
	for patient, err := range patients {
		if err != nil {
			return nil, fmt.Errorf("centre: after %d patients: %w", c.received.Patients, err)
		}
		if err := c.add(patient); err != nil {
			return nil, err
		}
	}
	return c.report(), nil
}

func (c *computation) add(p Patient) error {
	c.received.Patients++
	hash := maphash.String(c.seed, p.ID)
	if p.ID == "" || p.Registration == nil {
		return fmt.Errorf("centre: patient %d of the stream has no id or no registration", c.received.Patients)
	}
	if c.seen[hash] {
		return fmt.Errorf("centre: patient %d of the stream came before", c.received.Patients)
	}
	c.seen[hash] = true
	if p.OptedOut {
		c.received.OptedOut++
		return nil
	}
	c.received.Counted++
	c.received.Procedures += len(p.Registration.Procedures)
	h := newHistory(p, c.AsOf)
	c.volumes.add(h)
	for i, number := range c.years {
		y := &year{number, c.Options}
		last := number == c.Year
		for _, t := range c.tallies[i] {
			t.observe(h, y, func(o observation) {
				t.add(o)
				if last && c.Subjects != nil && c.Subjects.Measure == t.measure {
					c.Subjects.note(t.id, p.ID, o)
				}
			})
		}
	}
	c.curves.add(h)
	c.courses.add(h)
	return nil
}

func (c *computation) report() *Report {
	r := &Report{
		Year: c.Year, AsOf: c.AsOf, Running: c.AsOf < mapping.NewDay(c.Year, 12, 31), Centre: c.Name, Identifier: c.Identifier,
		Clinics: c.volumes.clinicList(), Received: c.received,
		Volumes:    c.volumes.list(max(c.volumes.firstYear(c.Year), c.Year-volumeYears+1), c.Year),
		Curves:     c.curves.list(),
		Courses:    c.courses.list(),
		Definition: c.Definition,
	}
	for i, number := range c.years {
		figures := make([]Figure, len(c.tallies[i]))
		for k, t := range c.tallies[i] {
			figures[k] = t.figure()
		}
		r.Trend = append(r.Trend, YearFigures{number, figures})
		if number == c.Year {
			r.Figures = figures
		}
	}
	for i := range r.Trend { // without strata, that of the year itself too
		r.Trend[i].Figures = slices.Clone(r.Trend[i].Figures)
		for k := range r.Trend[i].Figures {
			r.Trend[i].Figures[k].Stratifiers = []Stratifier{}
		}
	}
	r.Variation = variations(r.Figures)
	r.Norms = c.norms(r)
	r.Benchmark = compare(r, c.Options.Benchmark)
	return r
}
