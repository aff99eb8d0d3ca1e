package centre

import (
	"maps"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// Volume is a number of patients (or implantations) of a calendar year.
type Volume struct {
	Year   int    `json:"year"`
	Clinic string `json:"clinic"` // empty: all clinics together
	Base   Base   `json:"base"`
	Count  int    `json:"count"`
	// Possible are further ones, of whom a date, status, kind or modality lacks: the true
	// number is from Count up to and including Count+Possible.
	Possible int `json:"possible"`
}

// Number is the count as an interval.
func (v Volume) Number() mapping.Number {
	low, high := mapping.Int(int64(v.Count)), mapping.Int(int64(v.Count+v.Possible))
	return mapping.Number{Low: low.Low, High: high.High}
}

// place is where a volume is counted.
type place struct {
	clinic string
	base   Base
}

// placeYear is a place in a year.
type placeYear struct {
	place
	year int
}

// volumes counts patients per year, clinic and base.
type volumes struct {
	counts map[placeYear]*Volume
	// undated are possible in every year but those in which they were counted already.
	undated map[place]int
	counted map[placeYear]int
	clinics map[string]bool
	years   map[int]bool
}

func newVolumes() *volumes {
	return &volumes{map[placeYear]*Volume{}, map[place]int{}, map[placeYear]int{}, map[string]bool{}, map[int]bool{}}
}

// found is what of one patient speaks for a count, in a place.
type found struct {
	years   map[int]kleene.Truth // true: counts; unknown: may count
	undated bool
}

// add takes a patient in.
func (v *volumes) add(h *history) {
	all := map[place]*found{}
	at := func(clinic string, base Base) *found {
		f := all[place{clinic, base}]
		if f == nil {
			f = &found{years: map[int]kleene.Truth{}}
			all[place{clinic, base}] = f
		}
		return f
	}
	for i := range h.procedures {
		p := &h.procedures[i]
		v.clinics[p.clinic] = true
		for k := range bases {
			if d := &bases[k]; d.kinds != nil {
				for _, clinic := range []string{"", p.clinic} {
					at(clinic, d.Base).note(p, d.counts(p))
				}
			}
		}
	}
	h.countTreatment(at)
	h.countNew(at)
	for where, f := range all {
		v.take(where, f)
	}
	for _, i := range h.implantations() {
		for _, clinic := range []string{"", i.clinic} {
			v.implantation(place{clinic, Implantations}, i.procedure, kleene.True)
			v.implantation(place{clinic, ImplantationsSCS}, i.procedure, i.scs)
		}
	}
}

// note takes in a procedure that counts, or may.
func (f *found) note(p *procedure, counts kleene.Truth) {
	switch {
	case counts == kleene.False:
	case !p.dated:
		f.undated = true
	default:
		for year := yearOf(p.date.First); year <= yearOf(p.date.Last); year++ {
			f.year(year, kleene.And(counts, p.in(year)))
		}
	}
}

func (f *found) year(year int, counts kleene.Truth) {
	if known, ok := f.years[year]; !ok || counts > known {
		f.years[year] = counts
	}
}

// take counts one patient in a place.
func (v *volumes) take(where place, f *found) {
	if f.undated {
		v.undated[where]++
	}
	for year, counts := range f.years {
		if counts == kleene.False {
			continue
		}
		v.bump(where, year, counts)
		if f.undated {
			v.counted[placeYear{where, year}]++
		}
	}
}

func (v *volumes) bump(where place, year int, counts kleene.Truth) {
	key := placeYear{where, year}
	volume := v.counts[key]
	if volume == nil {
		volume = &Volume{Year: year, Clinic: where.clinic, Base: where.base}
		v.counts[key] = volume
	}
	v.years[year] = true
	if counts == kleene.True {
		volume.Count++
	} else {
		volume.Possible++
	}
}

// countTreatment counts a patient in each year in which a system was in place.
func (h *history) countTreatment(at func(clinic string, base Base) *found) {
	for _, s := range h.systems {
		if s.placed == nil { // it was there before it was known; since when is not told
			known := first(slices.Concat(s.revisions, s.exchanges, h.removal(s)))
			for _, clinic := range []string{"", known.clinic} {
				at(clinic, UnderTreatment).year(yearOf(known.date.First), known.in(yearOf(known.date.First)))
			}
			continue
		}
		earliest, latest := s.endOf(h)
		for year := yearOf(s.placed.date.First); year <= yearOf(latest-1); year++ {
			still := kleene.Unknown
			if year <= yearOf(max(earliest-1, s.placed.date.Last)) {
				still = kleene.True
			}
			for _, clinic := range []string{"", s.placed.clinic} {
				at(clinic, UnderTreatment).year(year, kleene.And(s.coversYear(year), still))
			}
		}
	}
}

// endOf are the earliest and the latest day that can be the first on which a system is no
// longer in place or followed.
func (s *system) endOf(h *history) (earliest, latest mapping.Day) {
	earliest, latest = h.asOf+1, h.asOf+1
	if s.removed != nil {
		earliest, latest = min(earliest, s.removed.date.First), min(latest, s.removed.date.Last)
	}
	switch {
	case h.dead && h.diedKnown:
		earliest, latest = min(earliest, h.died.First), min(latest, h.died.Last)
	case h.dead:
		earliest = min(earliest, s.placed.date.First)
	}
	return earliest, latest
}

// coversYear: false only where a year may lie before the placement.
func (s *system) coversYear(year int) kleene.Truth {
	if yearOf(s.placed.date.Last) <= year {
		return kleene.True
	}
	return kleene.Unknown
}

func (h *history) removal(s *system) []*procedure {
	if s.removed == nil {
		return nil
	}
	return []*procedure{s.removed}
}

// implantation counts one; other says what else must hold.
func (v *volumes) implantation(where place, p *procedure, other kleene.Truth) {
	var f found
	f.years = map[int]kleene.Truth{}
	f.note(p, kleene.And(kleene.And(p.done, p.is(electrodes...)), other))
	v.take(where, &f)
}

// list gives the volumes of the years from..to, for every clinic and base, by year, the
// centre before its clinics, bases in their order.
func (v *volumes) list(from, to int) []Volume {
	clinics := append([]string{""}, slices.Sorted(maps.Keys(v.clinics))...)
	var list []Volume
	for year := from; year <= to; year++ {
		for _, clinic := range clinics {
			for _, d := range bases {
				where := place{clinic, d.Base}
				key := placeYear{where, year}
				volume := Volume{Year: year, Clinic: clinic, Base: d.Base}
				if counted := v.counts[key]; counted != nil {
					volume = *counted
				}
				volume.Possible += v.undated[where] - v.counted[key]
				list = append(list, volume)
			}
		}
	}
	return list
}

// firstYear is the earliest year in which anything counted; fallback when nothing did.
func (v *volumes) firstYear(fallback int) int {
	earliest := fallback
	for year := range v.years {
		earliest = min(earliest, year)
	}
	return earliest
}

// clinicList are the clinics where anything was done.
func (v *volumes) clinicList() []string {
	return slices.AppendSeq([]string{}, slices.Values(slices.Sorted(maps.Keys(v.clinics))))
}
