package caller

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Moment is what a record system knows when a hook fires.
type Moment struct {
	Hook      string
	User      string // "Practitioner/1"
	Patient   string // id; empty is the one in the record
	Encounter string // id; where the hook needs one, empty is the last in the record
	Performer string // "Practitioner/1", of order-dispatch; empty is that of the first order
	Orders    []*Resource
	Now       time.Time
}

// hooks make the context of a hook, by its name. They are those whose context has what a
// record and a Moment hold (https://cds-hooks.org/hooks/).
var hooks = map[string]func(context map[string]any, r *Record, m *Moment) error{
	"patient-view": func(map[string]any, *Record, *Moment) error { return nil },
	"order-select": func(context map[string]any, _ *Record, m *Moment) error {
		selections := []string{}
		for _, o := range m.Orders {
			selections = append(selections, o.Name())
		}
		context["selections"] = selections
		return drafts(context, m)
	},
	"order-sign":          func(context map[string]any, _ *Record, m *Moment) error { return drafts(context, m) },
	"order-dispatch":      dispatch,
	"encounter-start":     atEncounter,
	"encounter-discharge": atEncounter,
}

// takesOrders are the hooks that are about orders.
var takesOrders = map[string]bool{"order-select": true, "order-sign": true, "order-dispatch": true}

// context is the context of the hook.
func (r *Record) context(m *Moment) (map[string]any, error) {
	more, ok := hooks[m.Hook]
	if !ok {
		return nil, fmt.Errorf("the context of hook %s is not known here, only of: %s", m.Hook, strings.Join(slices.Sorted(maps.Keys(hooks)), ", "))
	}
	if m.Patient == "" {
		var err error
		if m.Patient, err = r.patient(); err != nil {
			return nil, err
		}
	}
	context := map[string]any{"userId": m.User, "patientId": m.Patient}
	if m.Encounter != "" {
		context["encounterId"] = m.Encounter
	}
	return context, more(context, r, m)
}

func drafts(context map[string]any, m *Moment) error {
	var list []*Resource
	for _, o := range m.Orders {
		draft, err := o.draft()
		if err != nil {
			return err
		}
		o.sent = true
		list = append(list, draft)
	}
	context["draftOrders"] = bundleOf("collection", list)
	return nil
}

// dispatch is for orders that are signed and on their way to who carries them out.
func dispatch(context map[string]any, _ *Record, m *Moment) error {
	delete(context, "userId")
	orders := []string{}
	for _, o := range m.Orders {
		orders = append(orders, o.Name())
		if list, _ := o.content["performer"].([]any); m.Performer == "" && len(list) > 0 {
			first, _ := list[0].(map[string]any)
			m.Performer, _ = first["reference"].(string)
		}
	}
	if m.Performer == "" {
		return fmt.Errorf("hook %s needs a performer, and no order names one", m.Hook)
	}
	context["dispatchedOrders"], context["performer"] = orders, m.Performer
	return nil
}

func atEncounter(context map[string]any, r *Record, m *Moment) error {
	if m.Encounter != "" {
		return nil
	}
	visits := r.of("Encounter")
	if err := order(visits, "-date"); err != nil || len(visits) == 0 {
		return fmt.Errorf("hook %s needs an encounter, and the input holds none", m.Hook)
	}
	context["encounterId"] = visits[0].ID
	return nil
}

var (
	tokenPattern = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	todayPattern = regexp.MustCompile(`^today\(\)(?:\s*([+-])\s*([0-9]{1,5}) days?)?$`)
)

// userTypes are the tokens for the user, by the type that the user must be of.
var userTypes = map[string]string{
	"userPractitionerId": "Practitioner/", "userPractitionerRoleId": "PractitionerRole/",
	"userPatientId": "Patient/", "userRelatedPersonId": "RelatedPerson/",
}

// resolve fills in the tokens of a prefetch template
// (https://cds-hooks.hl7.org/2.0/#prefetch-tokens). The error names the token without value.
func resolve(template string, context map[string]any, m *Moment) (query string, err error) {
	query = tokenPattern.ReplaceAllStringFunc(template, func(whole string) string {
		name := strings.TrimSpace(whole[2 : len(whole)-2])
		value := ""
		if prefix, known := userTypes[name]; known {
			value, _ = strings.CutPrefix(m.User, prefix)
			if value == m.User {
				value = ""
			}
		} else if field, is := strings.CutPrefix(name, "context."); is {
			value, _ = context[field].(string)
		} else if parts := todayPattern.FindStringSubmatch(name); parts != nil {
			days, _ := strconv.Atoi(parts[1] + parts[2]) // none is 0
			value = m.Now.AddDate(0, 0, days).Format(time.DateOnly)
		}
		if value == "" && err == nil {
			err = fmt.Errorf("its token %s has no value", whole)
		}
		return value
	})
	return query, err
}
