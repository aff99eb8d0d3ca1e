package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
)

// phaseOf derives the phase of care from what is recorded, latest first.
func phaseOf(r *mapping.Record) Phase {
	has := func(ids ...string) bool {
		for _, id := range ids {
			if len(r.Fact(id).Values) > 0 {
				return true
			}
		}
		return false
	}
	switch {
	case r.Organization != "":
		return Centre
	case has("off-start"):
		return Doubt
	case has("implant-date") && !requestedAfter(r, "implant-date"):
		return Aftercare
	case has("implant-date") && !startsAfter(r, "trial-start", "implant-date"):
		return Preparation // a new course: what is known of a trial is of the former
	case has("trial-end", "trial-nrs", "trial-vas", "trial-attacks-per-week"):
		return Definitive
	case has("trial-start"):
		return Trial
	case has("trial-done"):
		return Definitive // implanted without a trial
	}
	return Preparation
}

// startsAfter reports whether one fact is dated after another.
func startsAfter(r *mapping.Record, id, after string) bool {
	for _, v := range r.Fact(id).Values {
		for _, done := range r.Fact(after).Values {
			if v.Date.First > done.Date.Last {
				return true
			}
		}
	}
	return false
}

// requestedAfter reports whether neuromodulation was requested after the date of a
// fact: then a new course is being prepared.
func requestedAfter(r *mapping.Record, id string) bool {
	for _, v := range r.Fact("modality").Values {
		for _, e := range v.Evidence {
			for _, done := range r.Fact(id).Values {
				if len(e.Date) >= 10 && e.Date[:10] > done.Date.Last.String() {
					return true
				}
			}
		}
	}
	return false
}
