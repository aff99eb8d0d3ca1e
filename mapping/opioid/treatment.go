package opioid

import (
	"errors"
	"strconv"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

var (
	errNoRoute = errors.New("the route is not known")
	errRoutes  = errors.New("several routes are given")
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
	daily    mapping.Number
	err      error
	evidence []mapping.Evidence
	remark   string
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
	if len(t.dosages) == 0 {
		t.err = errNoDosage
		return true
	}
	if t.err == nil && t.key.route == "" {
		t.err = errNoRoute
	}
	if t.err != nil {
		t.cite(everyDosage(t.dosages), mapping.Number{})
		return true
	}
	groups, err := stages(t.dosages, t.begun)
	if err != nil {
		t.err = err
		t.cite(everyDosage(t.dosages), mapping.Number{})
		return true
	}
	p := productOf(t.use, t.names)
	p.route = t.key.route
	var certain, possible []mapping.Number
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
func (t *treatment) sum(p product, g stage, day mapping.Day) (daily mapping.Number, in standing, err error) {
	for _, w := range g.bounds {
		in = max(in, w.on(day))
	}
	daily = mapping.Int(0)
	for i, item := range g.items {
		on := g.bounds[i].on(day)
		if on == no {
			continue
		}
		each, err := p.perDay(&t.dosages[item])
		t.cite([]int{item}, each)
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

// again covers steps counted by durations that are all over while the medicine
// is still in use: the steps may have started over, or not.
func (t *treatment) again(p product, groups []stage) bool {
	t.daily = mapping.Int(0)
	for _, g := range groups {
		total := mapping.Int(0)
		for _, item := range g.items {
			each, err := p.perDay(&t.dosages[item])
			t.cite([]int{item}, each)
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
func overlapping(list []mapping.Number) mapping.Number {
	n := list[0]
	for _, m := range list[1:] {
		n = mapping.Number{Low: most(n.Low, m.Low), High: plus(n, m).High}
	}
	return n
}

// around is the smallest interval around all.
func around(list []mapping.Number) mapping.Number {
	n := list[0]
	for _, m := range list[1:] {
		n = hull(n, m)
	}
	return n
}

func everyDosage(dosages []fhir.Dosage) []int {
	items := make([]int, len(dosages))
	for i := range items {
		items[i] = i
	}
	return items
}

// cite notes the dosages as evidence; a daily mass without ends is not known.
func (t *treatment) cite(items []int, daily mapping.Number) {
	via := t.key.ingredient + " " + string(t.key.route)
	if t.key.route == "" {
		via = t.key.ingredient
	}
	if daily.High != nil {
		via += " -> " + daily.String() + " mg/d"
	}
	for _, item := range items {
		t.evidence = append(t.evidence, mapping.Evidence{
			Resource: t.name,
			Path:     t.path + "[" + strconv.Itoa(item) + "]",
			Value:    wording(&t.dosages[item]),
			Date:     t.date,
			Via:      via,
		})
	}
}
