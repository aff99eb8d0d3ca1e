package mapping

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Record is what is known about one patient or one pain centre, as of a day.
type Record struct {
	// Source names the input.
	Source string
	// AsOf is the day the record is about; what happened later is left out.
	AsOf Day
	// Facts by id (the linkId of their questionnaire item).
	Facts map[string]*Fact
	// Indications are the conditions for which neuromodulation is or may be meant, in the order found.
	Indications []Indication
	// Pain holds the weighted scores per window, scale and body site.
	Pain []PainScore
	// Opioid is the morphine equivalent dose with its reasoning.
	Opioid Opioid
	// Team says which person has which role in the team, as far as a resource tells:
	// one person may have several. Roles that were answered in a form are in the
	// fact "team" only, and name nobody.
	Team []Member
	// Visits and Contacts are what happened in aftercare, by date.
	Visits, Contacts []Meeting
	// Instruments are the completed questionnaires of annex 1, by date.
	Instruments []Instrument
	// Organization is set when the record is about a pain centre.
	Organization string
	// Report says what became of everything that came in.
	Report Report
}

// Indication is a condition that may be the reason for neuromodulation.
type Indication struct {
	Code     string     `json:"indication"`     // fbss, fnss, crps, pdn, sfn, cch, phn, nerve-injury-neuropathy, angina, pad, other
	Name     string     `json:"name,omitempty"` // of another condition
	Evidence []Evidence `json:"evidence"`
}

// Member is a role that a person has in the team that sets the indication.
type Member struct {
	// Person is a reference such as "Practitioner/1", or the place in the team of
	// somebody who is not referred to. Two members with one Person are one person.
	Person   string   `json:"person"`
	Role     string   `json:"role"` // code of CodeSystem/intake
	Evidence Evidence `json:"evidence"`
}

// Meeting is a visit or contact after implantation.
type Meeting struct {
	Date     Date     `json:"date"`
	Role     string   `json:"role"` // code of CodeSystem/intake; empty when not recorded
	Evidence Evidence `json:"evidence"`
}

// Instrument is a completed questionnaire of annex 1.
type Instrument struct {
	Code     string   `json:"instrument"` // gpe, sf12v1, sf12v2, nrs, bpi, odi, ndi, hads, pcs, psqi
	Date     Date     `json:"date"`
	Evidence Evidence `json:"evidence"`
}

// Scale is the instrument of a pain reading.
type Scale string

// The scales of the standpunt: NRS 0-10, VAS 0-100 mm.
const (
	NRS Scale = "nrs"
	VAS Scale = "vas"
)

// PainReading is one measurement of pain intensity.
type PainReading struct {
	Scale    Scale
	Value    *big.Rat  // points or mm
	Day      Day       // local
	Instant  time.Time // zero when only the day was recorded
	Site     string    // leg, back, arm, neck; empty when not recorded
	Evidence Evidence
}

// PainScore is the weighted score of one window, scale and site (footnote 2 of
// the standpunt).
type PainScore struct {
	Window   string   // intake, trial, before, off
	Scale    Scale    // nrs, vas in mm
	Site     string   // empty: readings of any site
	From, To Day      // both included
	Days     int      // days with readings
	Readings int      // readings that count
	PerDay   int      // least number of distinct moments on a day with readings
	Mean     *big.Rat // plain mean of all readings
	DayMean  *big.Rat // mean of the means per day
	Evidence []Evidence
}

// MarshalJSON writes the fields others rely on.
func (p PainScore) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Window   string      `json:"window"`
		Scale    Scale       `json:"scale"`
		Site     string      `json:"site,omitempty"`
		From     Day         `json:"from"`
		To       Day         `json:"to"`
		Days     int         `json:"days"`
		Readings int         `json:"readings"`
		Mean     json.Number `json:"mean"`
	}{p.Window, p.Scale, p.Site, p.From, p.To, p.Days, p.Readings, json.Number(FormatRat(p.Mean))})
}

// Opioid is the total morphine equivalent dose.
type Opioid struct {
	// MED in mg a day; nil when it cannot be computed, Why says why.
	MED *Number
	// Table names the conversion factors, such as "nl-2019".
	Table string
	Why   string
	// Others holds the same sum by other tables, where it can be computed.
	Others map[string]Number
}

// MarshalJSON writes {"med": {min, max, unit, table} or null, "why": "..."}.
func (o Opioid) MarshalJSON() ([]byte, error) {
	type dose struct {
		Min   json.Number `json:"min"`
		Max   json.Number `json:"max"`
		Unit  string      `json:"unit"`
		Table string      `json:"table"`
	}
	var med *dose
	if o.MED != nil {
		med = &dose{json.Number(end(o.MED.Low)), json.Number(end(o.MED.High)), "mg/d", o.Table}
	}
	return json.Marshal(struct {
		MED *dose  `json:"med"`
		Why string `json:"why"`
	}{med, o.Why})
}

// Fact returns the fact with the id; an unknown one has no values.
func (r *Record) Fact(id string) *Fact {
	if f := r.Facts[id]; f != nil {
		return f
	}
	return &Fact{ID: id}
}

// Add takes a value of a fact in.
func (r *Record) Add(id string, v Value) {
	f := r.Facts[id]
	if f == nil {
		if r.Facts == nil {
			r.Facts = make(map[string]*Fact)
		}
		// Most facts have one value, which is allocated with them.
		room := &struct {
			Fact
			value [1]Value
		}{Fact: Fact{ID: id}}
		room.Values = room.value[:0]
		f = &room.Fact
		r.Facts[id] = f
	}
	f.Add(v)
}

// AddIndication notes that a condition is meant; evidence joins an earlier mention.
func (r *Record) AddIndication(code, name string, evidence ...Evidence) {
	for i := range r.Indications {
		if r.Indications[i].Code == code && r.Indications[i].Name == name {
			r.Indications[i].Evidence = append(r.Indications[i].Evidence, evidence...)
			return
		}
	}
	r.Indications = append(r.Indications, Indication{code, name, evidence})
}

// Score returns the weighted score of a window, scale and site, or nil.
func (r *Record) Score(window string, scale Scale, site string) *PainScore {
	for i := range r.Pain {
		if p := &r.Pain[i]; p.Window == window && p.Scale == scale && p.Site == site {
			return p
		}
	}
	return nil
}

// Sorted returns the facts by id.
func (r *Record) Sorted() []*Fact {
	facts := make([]*Fact, 0, len(r.Facts))
	for _, f := range r.Facts {
		facts = append(facts, f)
	}
	slices.SortFunc(facts, func(a, b *Fact) int { return strings.Compare(a.ID, b.ID) })
	return facts
}
