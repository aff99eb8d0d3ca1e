package opioid

import (
	"errors"
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping"
)

var (
	errNoIngredient = errors.New("which opioid it holds is not known")
	errNoRoute      = errors.New("the route is not known")
	errRoutes       = errors.New("several routes are given")
)

// treatment is one use that is or may be current on the day.
type treatment struct {
	prescription
	use   *Use
	name  string // of the resource
	key   substance
	names []string // of the product
	in    standing // yes or maybe
	// daily mass in mg, unless err says why there is none.
	daily    interval
	err      error
	evidence []mapping.Evidence
	remark   string

	leader    *treatment // of those that tell of the same thing; nil: itself
	group     int        // of a leader: its group, counted from one
	succeeded bool       // another one came in its place
	replaced  bool       // and holds
}

// route finds the route: told by the caller, by the dosages, by the form and name, by the unit of a dose.
func (t *treatment) route() (Route, error) {
	route := t.use.Route
	if route == "" {
		for i := range t.dosages {
			r := routeOf(t.dosages[i].Route)
			if r != "" && route != "" && r != route {
				return "", errRoutes
			}
			if r != "" {
				route = r
			}
		}
	}
	if route != "" && route != Sublingual {
		return route, nil
	}
	product := t.form()
	switch {
	case route == "" && product != "":
		return product, nil
	case route == "" && t.givesPatches():
		return Transdermal, nil
	case route == Sublingual && (product == Film || product == Nasal):
		return product, nil // the same place, by a form with a factor of its own
	}
	return route, nil
}

func (t *treatment) form() Route {
	if t.use.Medication != nil {
		if r := routeOf(t.use.Medication.Form); r != "" {
			return r
		}
	}
	for _, name := range t.names {
		if r := routeIn(name); r != "" {
			return r
		}
	}
	return ""
}

func (t *treatment) givesPatches() bool {
	for i := range t.dosages {
		for _, w := range t.dosages[i].DoseAndRate {
			if q := w.DoseQuantity; q != nil && (patchWords[tidied(q.Unit)] || patchWords[tidied(q.Code)]) {
				return true
			}
		}
	}
	return false
}

// read computes the daily mass on the day. It reports false when the dosages say
// that there is none then.
func (t *treatment) read(day mapping.Day) bool {
	switch {
	case t.key.ingredient == "":
		t.err = errNoIngredient
	case len(t.dosages) == 0:
		t.err = errNoDosage
	case t.err == nil && t.key.route == "":
		t.err = errNoRoute
	}
	if t.err != nil {
		t.citeAll()
		return true
	}
	groups, err := stages(t.dosages, t.begun)
	if err != nil {
		t.err = err
		t.citeAll()
		return true
	}
	p := productOf(t.use, t.names)
	p.route = t.key.route
	var certain, possible []interval
	for _, g := range groups {
		daily, in, err := t.sum(p, g, day)
		if err != nil {
			t.err = err
			return true
		}
		switch in {
		case yes:
			certain = append(certain, daily)
		case maybe:
			possible = append(possible, daily)
		}
	}
	switch {
	case len(certain) > 0:
		t.daily = overlapping(append(certain, possible...))
	case len(possible) > 0:
		t.daily = around(possible)
		if len(possible) > 1 {
			t.remark = "which step of the dosage holds on the day is not certain"
		}
	case len(groups) > 1 && allOver(groups, day):
		return t.again(p, groups)
	default:
		return false
	}
	return true
}

// sum adds up the dosages of a stage that hold on the day.
func (t *treatment) sum(p product, g stage, day mapping.Day) (daily interval, in standing, err error) {
	for _, w := range g.bounds {
		in = max(in, w.on(day))
	}
	daily = interval{}
	for i, item := range g.items {
		on := g.bounds[i].on(day)
		if on == no {
			continue
		}
		each, err := t.perDay(p, item)
		if err != nil {
			return daily, in, err
		}
		if on < in {
			each = upTo(each)
		}
		daily = plus(daily, each)
	}
	return daily, in, nil
}

// perDay is the daily mass of one dosage, which it cites.
func (t *treatment) perDay(p product, item int) (interval, error) {
	daily, err := p.perDay(&t.dosages[item])
	known := ""
	if err == nil {
		known = daily.String()
	}
	t.cite(item, known)
	return daily, err
}

// again covers steps counted by durations that are all over while the medicine
// is still in use: the steps may have started over, or not.
func (t *treatment) again(p product, groups []stage) bool {
	t.daily = interval{}
	for _, g := range groups {
		total := interval{}
		for _, item := range g.items {
			each, err := t.perDay(p, item)
			if err != nil {
				t.err = err
				return true
			}
			total = plus(total, each)
		}
		t.daily = hull(t.daily, total)
	}
	t.remark = "the steps of the dosage are over while it is still in use"
	return true
}

// allOver reports whether all steps are over, at least one of them by a duration.
func allOver(groups []stage, day mapping.Day) bool {
	timed := false
	for _, g := range groups {
		timed = timed || g.timed
		for _, w := range g.bounds {
			if day <= w.end.last {
				return false
			}
		}
	}
	return timed
}

// overlapping is what doses make that may be one and the same or come together:
// from the larger one to the sum.
func overlapping(list []interval) interval {
	n := list[0]
	for _, m := range list[1:] {
		n = interval{most(n.low, m.low), n.high.plus(m.high)}
	}
	return n
}

// around is the smallest interval around all.
func around(list []interval) interval {
	n := list[0]
	for _, m := range list[1:] {
		n = hull(n, m)
	}
	return n
}

// cite notes a dosage as evidence, with the daily mass it comes to where that is known.
func (t *treatment) cite(item int, daily string) {
	via := t.key.opioid()
	if t.key.route != "" {
		via += " " + string(t.key.route)
	}
	if daily != "" {
		via += " -> " + daily + " mg/d"
	}
	t.evidence = append(t.evidence, mapping.Evidence{
		Resource: t.name,
		Path:     t.path + "[" + strconv.Itoa(item) + "]",
		Value:    wording(&t.dosages[item]),
		Date:     t.date,
		Via:      via,
	})
}

// citeAll notes all dosages, whose daily mass is not known.
func (t *treatment) citeAll() {
	for i := range t.dosages {
		t.cite(i, "")
	}
}
