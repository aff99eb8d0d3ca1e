package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Report is the annual report of a centre: plain data, of which the JSON is a contract.
type Report struct {
	Year       int         `json:"year"`
	AsOf       mapping.Day `json:"asOf"`
	Running    bool        `json:"running"` // the year had not ended on the day of reporting
	Centre     string      `json:"centre"`
	Identifier string      `json:"identifier,omitempty"`
	Clinics    []string    `json:"clinics"` // identifiers, in order
	Received   Received    `json:"received"`
	// Volumes are those of up to ten years, by year, centre before clinics, base.
	Volumes []Volume `json:"volumes"`
	Norms   Norms    `json:"norms"`
	// Figures are those of the year, in the order of annex 3, article 6.
	Figures []Figure `json:"figures"`
	// Trend are the figures of the last five years, without strata.
	Trend []YearFigures `json:"trend"`
	// Variation compares the parts of a centre, for funnel plots.
	Variation []Variation `json:"variation"`
	// Curves are of all first systems ever placed, as far as the data go back.
	Curves []Curve `json:"curves"`
	// Courses are the PROM scores of all patients with a system, in all years.
	Courses    []Course           `json:"courses"`
	Definition *OutcomeDefinition `json:"definition"`
	Benchmark  []Comparison       `json:"benchmark"`
}

// Received accounts for the stream: Patients = Counted + OptedOut.
type Received struct {
	Patients   int `json:"patients"`
	OptedOut   int `json:"optedOut"`
	Counted    int `json:"counted"`
	Procedures int `json:"procedures"` // of the counted, of any year and status
}

// YearFigures are the figures of one year.
type YearFigures struct {
	Year    int      `json:"year"`
	Figures []Figure `json:"figures"`
}

// Figure finds a figure by its Measure and id; nil when there is none.
func (r *Report) Figure(measure, id string) *Figure {
	for i := range r.Figures {
		if f := &r.Figures[i]; f.Measure == measure && f.ID == id {
			return f
		}
	}
	return nil
}

// Volume finds the volume of a year, clinic ("" is the centre) and base.
func (r *Report) Volume(year int, clinic string, base Base) Volume {
	for _, v := range r.Volumes {
		if v.Year == year && v.Clinic == clinic && v.Base == base {
			return v
		}
	}
	return Volume{Year: year, Clinic: clinic, Base: base}
}

// Stratum finds a stratum of a figure; a zero one when there is none.
func (f *Figure) Stratum(stratifier, code string) Stratum {
	for _, s := range f.Stratifiers {
		if s.Code != stratifier {
			continue
		}
		for _, stratum := range s.Strata {
			if stratum.Code == code {
				return stratum
			}
		}
	}
	return Stratum{Code: code}
}

// Variation is a proportion of the year per part of the centre, held against the whole.
type Variation struct {
	Figure     string         `json:"figure"`
	Measure    string         `json:"measure"`
	Title      standpunt.Text `json:"title"`
	Stratifier string         `json:"stratifier"`
	// Target is the proportion of the whole centre.
	Target float64          `json:"target"`
	Points []VariationPoint `json:"points"`
	// Limits are those of the funnel, for numbers from 1 to beyond the largest point.
	Limits []Limit `json:"limits"`
}

// VariationPoint is one part.
type VariationPoint struct {
	Code        string              `json:"code"`
	Numerator   int                 `json:"numerator"`
	Denominator int                 `json:"denominator"`
	Rate        float64             `json:"rate"`
	Interval    statistics.Interval `json:"interval"`
	// Outside is "95" or "99.8" when it lies outside those limits, else empty.
	Outside string `json:"outside,omitempty"`
}

// Limit is the funnel at a number.
type Limit struct {
	N     int                 `json:"n"`
	At95  statistics.Interval `json:"at95"`
	At998 statistics.Interval `json:"at998"`
}

// Curve is the share of systems without an event, by the days since placement.
type Curve struct {
	Event  string `json:"event"`  // revision, removal, revision-or-removal
	Clinic string `json:"clinic"` // empty: all
	// Followed is how many systems; Events how many had the event; Missing how many could
	// not be followed, because a day is not known.
	Followed int               `json:"followed"`
	Events   int               `json:"events"`
	Missing  int               `json:"missing"`
	Steps    []statistics.Step `json:"steps"`
}

// Course is one score of a PROM along the moments of treatment.
type Course struct {
	Instrument string         `json:"instrument"`
	Scale      string         `json:"scale"`
	Unit       string         `json:"unit"`
	Indication string         `json:"indication"` // empty: all
	Better     string         `json:"better"`     // lower, higher
	Moments    []CourseMoment `json:"moments"`
}

// CourseMoment is a score at a moment, over the patients who have reached it.
type CourseMoment struct {
	Moment string `json:"moment"`
	N      int    `json:"n"`
	// Missing reached the moment and have no value.
	Missing   int                  `json:"missing"`
	Mean      float64              `json:"mean"`
	Deviation float64              `json:"deviation"`
	Interval  *statistics.Interval `json:"interval,omitempty"` // of the mean
	// Changed are those with a baseline too; Change is their mean change.
	Changed        int                  `json:"changed"`
	Change         float64              `json:"change"`
	ChangeInterval *statistics.Interval `json:"changeInterval,omitempty"`
	Differences    []DifferenceCount    `json:"differences,omitempty"`
}

// DifferenceCount says how many changes were important by a published difference. Those of
// which it cannot be told (a percentage of nothing) are in none.
type DifferenceCount struct {
	Difference string `json:"difference"` // "2" points or "30%" of the baseline
	Source     string `json:"source"`
	Improved   int    `json:"improved"`
	Within     int    `json:"within"`
	Worsened   int    `json:"worsened"`
}
