package registration

import "slices"

// Merge lays what was sent later over what was known: all items of both, of one key
// the one of the later version, whichever came last; where versions do not tell, that
// of newer. Neither argument changes. Where versions tell, order does not matter;
// merging the same twice changes nothing.
//
// The identifiers of the patient are joined, for a pseudonym must be found by each.
// Of the rest of the patient the newer version stands, with what only the older knew.
func Merge(older, newer *Registration) *Registration {
	out := new(Registration)
	for _, l := range lists {
		l.merge(out, older, newer)
	}
	first, last := &older.Patient, &newer.Patient
	if first.Compare(&last.Origin) > 0 || last.Key == "" && first.Key != "" {
		first, last = last, first
	}
	out.Patient = *last
	if out.Patient.Identity = older.Patient.Identity; out.Patient.Identity == (Identifier{}) {
		out.Patient.Identity = newer.Patient.Identity
	}
	out.Patient.Identifiers = join(older.Patient.Identifiers, newer.Patient.Identifiers)
	for _, f := range []struct{ to, from *string }{
		{&out.Patient.BirthDate, &first.BirthDate}, {&out.Patient.Gender, &first.Gender}, {&out.Patient.Deceased, &first.Deceased},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	return out
}

// join are the identifiers of both, each once, in their order.
func join(a, b []Identifier) []Identifier {
	all := slices.Concat(a, b)
	slices.SortFunc(all, compareIdentifiers)
	all = slices.Compact(all)
	if len(all) == 0 {
		return nil
	}
	return all
}
