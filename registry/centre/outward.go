package centre

import (
	"maps"
	"slices"

	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// otherDevice is the stratum, in what leaves, of makers, models and device identifiers that
// are not told: what was typed there may be any words.
const otherDevice = "other"

// outward are figures as they may leave: devices only by the names and numbers by which
// registries get them (normalise), all others together in one stratum.
func outward(figures []Figure, makers []string) []Figure {
	known := normalise.Centre{Manufacturers: makers}
	vocabulary := map[string]func(string) (string, bool){
		byManufacturer: known.Maker, byModel: normalise.ModelNumber, byUDI: normalise.DeviceIdentifier,
	}
	list := slices.Clone(figures)
	for i := range list {
		f := &list[i]
		f.Stratifiers = slices.Clone(f.Stratifiers)
		for k := range f.Stratifiers {
			if tell := vocabulary[f.Stratifiers[k].Code]; tell != nil {
				f.Stratifiers[k].Strata = renamed(f.Kind, f.Stratifiers[k].Strata, tell)
			}
		}
	}
	return list
}

// renamed are strata under the names by which they may be told, those of one name together.
func renamed(kind Kind, strata []Stratum, tell func(string) (string, bool)) []Stratum {
	together := map[string]Value{}
	for _, s := range strata {
		code := s.Code
		if code != Unknown && code != Several {
			var known bool
			if code, known = tell(s.Code); !known {
				code = otherDevice
			}
		}
		if before, there := together[code]; there {
			together[code] = sum(kind, before, s.Value)
		} else {
			together[code] = s.Value
		}
	}
	list := make([]Stratum, 0, len(together))
	for _, code := range slices.Sorted(maps.Keys(together)) {
		list = append(list, Stratum{code, together[code]})
	}
	return list
}

// sum is two values as one. The median of two distributions together cannot be told from
// theirs, and is left out.
func sum(kind Kind, a, b Value) Value {
	out := Value{
		Initial: a.Initial + b.Initial, Numerator: a.Numerator + b.Numerator, Denominator: a.Denominator + b.Denominator,
		Missing: a.Missing + b.Missing, Days: a.Days + b.Days, Why: added(a.Why, b.Why), Excluded: added(a.Excluded, b.Excluded),
	}
	out.score(kind)
	return out
}

func added(a, b map[string]int) map[string]int {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := maps.Clone(a)
	if out == nil {
		out = map[string]int{}
	}
	for reason, n := range b {
		out[reason] += n
	}
	return out
}
