package centre

import (
	"math/big"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

var characteristics = []definition{{
	id: "patients", measure: "nm-characteristics", item: "c.x", kind: Count, unit: OfPatients,
	stratifiers: append([]string{byAge, bySex, byBMI, byPain, byOpioids}, careStrata...),
	title:       standpunt.Text{NL: "Kenmerken van patiënten met een ingreep", EN: "Characteristics of patients with a procedure"},
	observe: func(h *history, y *year, emit func(observation)) {
		list := h.appliedIn(y.number)
		if len(list) == 0 {
			return
		}
		day := list[0].date.First
		emit(observation{class: numerator, strata: append([]string{
			h.ageBand(day), h.Registration.Patient.Gender, h.band(bmiBands, "bmi", "", day), h.painBand(), h.band(opioidBands, "opioid-dose", "", day),
		}, h.care(list...)...)})
	},
}}

// band is a band of values, up to but without a limit.
type band struct {
	below *big.Rat // nil: no limit
	code  string   // of CodeSystem/band
}

var (
	ageBands = []struct {
		below int
		code  string
	}{{40, "age-under-40"}, {50, "age-40-49"}, {60, "age-50-59"}, {70, "age-60-69"}, {80, "age-70-79"}, {1000, "age-80-over"}}
	bmiBands    = []band{{big.NewRat(25, 1), "bmi-under-25"}, {big.NewRat(30, 1), "bmi-25-29"}, {big.NewRat(35, 1), "bmi-30-34"}, {nil, "bmi-35-over"}}
	painBands   = []band{{big.NewRat(5, 1), "pain-under-5"}, {big.NewRat(7, 1), "pain-5-6"}, {big.NewRat(9, 1), "pain-7-8"}, {nil, "pain-9-10"}}
	opioidBands = []band{{new(big.Rat).SetFrac64(1, 1_000_000), "opioid-none"}, {big.NewRat(50, 1), "opioid-under-50"}, {big.NewRat(90, 1), "opioid-50-89"}, {nil, "opioid-90-over"}}
)

// ageBand is the band of the age on a day; Unknown where the date of birth is too coarse
// to tell.
func (h *history) ageBand(day mapping.Day) string {
	born, ok := registration.DateOf(h.Registration.Patient.BirthDate)
	if !ok || born.First > day {
		return Unknown
	}
	of := func(birth mapping.Day) string {
		for _, b := range ageBands {
			if birth.AddYears(b.below) > day {
				return b.code
			}
		}
		return Unknown
	}
	if code := of(born.First); code == of(born.Last) {
		return code
	}
	return Unknown
}

// recent is how long before a procedure a measurement still tells of it, in days.
const recent = 365

// band is the band of the last measurement of a kind, at most a year old on a day;
// Unknown without one, or where its interval lies across a limit.
func (h *history) band(bands []band, kind, window string, day mapping.Day) string {
	var last *registration.Measurement
	var at mapping.Day
	for i := range h.Registration.Measurements {
		m := &h.Registration.Measurements[i]
		date, ok := registration.DateOf(m.Date)
		if m.Kind != kind || m.Window != window || m.Retracted || !ok || date.Last > day || date.Last < day-recent {
			continue
		}
		if last == nil || date.Last > at {
			last, at = m, date.Last
		}
	}
	return bandOf(bands, last)
}

// painBand is that of the weighted NRS at intake, of all sites together, else of the one
// site that was measured.
func (h *history) painBand() string {
	var all *registration.Measurement
	sites := 0
	for i := range h.Registration.Measurements {
		m := &h.Registration.Measurements[i]
		if m.Kind != "pain-nrs" || m.Window != "intake" || m.Retracted {
			continue
		}
		if m.Site == "" {
			return bandOf(painBands, m)
		}
		all, sites = m, sites+1
	}
	if sites != 1 {
		return Unknown
	}
	return bandOf(painBands, all)
}

func bandOf(bands []band, m *registration.Measurement) string {
	if m == nil {
		return Unknown
	}
	low, ok := new(big.Rat).SetString(m.Value)
	if !ok {
		return Unknown
	}
	high := low
	if m.High != "" {
		if high, ok = new(big.Rat).SetString(m.High); !ok {
			return Unknown
		}
	}
	of := func(value *big.Rat) string {
		for _, b := range bands {
			if b.below == nil || value.Cmp(b.below) < 0 {
				return b.code
			}
		}
		return Unknown
	}
	if code := of(low); code == of(high) {
		return code
	}
	return Unknown
}
