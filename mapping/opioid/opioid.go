package opioid

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// Use is an opioid that a MedicationStatement or MedicationRequest tells of.
type Use struct {
	// Ingredient is the opioid by its English INN, such as "oxycodone"; empty when
	// it is not known, which leaves the dose unknown.
	Ingredient string
	// Combination says that the product holds another active ingredient as well. A
	// mass then does not tell the dose of the opioid, and only a strength that is
	// certainly that of the opioid counts.
	Combination bool
	// Route, when the caller knows it; else it is read from the dosage, the form and the name.
	Route Route
	// Resource is the *fhir.MedicationStatement or *fhir.MedicationRequest.
	Resource fhir.Resource
	// Medication is the product that Resource refers to, or nil.
	Medication *fhir.Medication
	// Name is the product's name, such as "OXYCODON TABLET MGA 10MG"; the
	// strength and form are read from it where Medication lacks them.
	Name string
	// Active attests that it is in use where the status of the resource does not
	// say (unknown, as in MP9, or absent). Such a use without it counts from nothing up.
	Active bool
}

// NotInUse says why a use does not count on a day ("is stopped", "starts after
// the day"); empty when it does or may, as far as its status and dates tell.
func NotInUse(u Use, asOf mapping.Day) string {
	p, ok := prescriptionOf(u.Resource)
	if !ok {
		return notMedication
	}
	_, reason := p.current(asOf, u.Active)
	return reason
}

const (
	notMedication = "is not a MedicationStatement or MedicationRequest"
	noOpioid      = "no opioid in use is on record, and that none is used must be attested"
)

// Compute gives the morphine equivalent dose on a day by a table ("" is
// DefaultTable), and the dosages it rests on. MED is nil when it cannot be
// computed; Why then names each medication and what it lacks. Of a computed dose
// Why says what made it an interval, other than as-needed doses and open factors.
func Compute(uses []Use, asOf mapping.Day, table string) (mapping.Opioid, []mapping.Evidence) {
	if table == "" {
		table = DefaultTable
	}
	result := mapping.Opioid{Table: table}
	current, left := sorted(uses, asOf)
	known := directoryOf(current)
	replaced(current, known)
	current = slices.DeleteFunc(current, func(t *treatment) bool {
		if t.replaced {
			left = append(left, t.name+" is replaced by a later prescription")
		}
		return t.replaced
	})

	var problems, remarks []string
	var evidence []mapping.Evidence
	var order []substance
	courses := make(map[substance][]course, len(current))
	for _, group := range linked(current, known) {
		routed(group)
		group = slices.DeleteFunc(group, func(t *treatment) bool {
			if t.read(asOf) {
				evidence = append(evidence, t.evidence...)
				return false
			}
			left = append(left, t.name+" has no dosage for the day")
			return true
		})
		if len(group) == 0 {
			continue
		}
		c, lacks, notes := courseOf(group)
		problems, remarks = append(problems, lacks...), append(remarks, notes...)
		key := group[0].key
		if courses[key] == nil {
			order = append(order, key)
		}
		courses[key] = append(courses[key], c)
	}
	switch {
	case factors[table] == nil:
		problems = append(problems, "the table is not one of those known")
	case len(order) == 0:
		problems = append([]string{noOpioid}, left...)
	}
	if len(problems) > 0 {
		result.Why = strings.Join(problems, "; ")
		return result, evidence
	}

	daily := make([]interval, len(order))
	for i, key := range order {
		var notes []string
		daily[i], notes = combined(key, courses[key])
		remarks = append(remarks, notes...)
	}
	if lacks := equivalents(&result, order, daily, courses); lacks != nil {
		remarks = lacks
	}
	result.Why = strings.Join(remarks, "; ")
	return result, evidence
}

// equivalents converts the daily masses by every table: the one asked for into
// MED, the others into Others. It says what MED lacks, nil when it is there.
func equivalents(result *mapping.Opioid, order []substance, daily []interval, courses map[substance][]course) (lacks []string) {
	about := func(key substance, words string) string {
		return key.ingredient + " of " + courses[key][0].names[0] + ": " + words
	}
	for _, t := range tables {
		med, lacking := total(t.ID, order, daily)
		switch {
		case t.ID != result.Table:
			if len(lacking) == 0 && med.high.sign() > 0 {
				if result.Others == nil {
					result.Others = make(map[string]mapping.Number)
				}
				result.Others[t.ID] = med.number()
			}
		case len(lacking) > 0:
			for _, key := range lacking {
				lacks = append(lacks, about(key, "table "+t.ID+" has no factor for the "+string(key.route)+" route at this dose"))
			}
		case med.high.sign() == 0:
			lacks = append(lacks, noOpioid)
			for _, key := range order {
				lacks = append(lacks, about(key, "the dose is zero"))
			}
		default:
			dose := med.number()
			result.MED = &dose
		}
	}
	return lacks
}

// sorted are the uses that are or may be current on the day, by name so that the
// order of the input does not matter, and why the others are not.
func sorted(uses []Use, asOf mapping.Day) (current []*treatment, left []string) {
	for i := range uses {
		u := &uses[i]
		p, ok := prescriptionOf(u.Resource)
		if !ok {
			left = append(left, u.Ingredient+" "+notMedication)
			continue
		}
		t := &treatment{prescription: p, use: u, name: fhir.Name(u.Resource), key: substance{ingredient: inn(u.Ingredient)}}
		var reason string
		if t.in, reason = p.current(asOf, u.Active); t.in == no {
			left = append(left, t.name+" "+reason)
			continue
		}
		t.names = namesOf(u, p.concept)
		current = append(current, t)
	}
	slices.SortStableFunc(current, func(a, b *treatment) int { return cmp.Compare(a.name, b.name) })
	slices.Sort(left)
	return current, left
}

// inn is the name that the tables use for an ingredient.
func inn(ingredient string) string {
	name := strings.ToLower(strings.TrimSpace(ingredient))
	if name == "meperidine" {
		return "pethidine"
	}
	return name
}

// routed finds the route of linked treatments; one that does not tell takes that of the others.
func routed(group []*treatment) {
	var common Route
	for _, t := range group {
		t.key.route, t.err = t.route()
		if common == "" {
			common = t.key.route
		}
	}
	for _, t := range group {
		switch {
		case t.err != nil:
		case t.key.route == "":
			t.key.route = common
		case t.key.route != common:
			t.err = errRoutes
		}
	}
}

// total adds up the equivalents, and lists what the table has no factor for.
func total(table string, keys []substance, daily []interval) (med interval, lacking []substance) {
	for i, key := range keys {
		part, ok := convert(table, key, daily[i])
		if !ok {
			lacking = append(lacking, key)
			continue
		}
		med = plus(med, part)
	}
	return med, lacking
}
