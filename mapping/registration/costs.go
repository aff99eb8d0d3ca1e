package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/procedure"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// uncharged are the statuses of an item that costs nothing, or not yet.
var uncharged = map[string]string{
	"planned": "planned, not charged", "not-billable": "not charged", "aborted": "not charged", "": noStatus,
}

// costs takes what was charged for operations and material of ours.
func (r *reader) costs() { each(r, r.chargeItem) }

func (r *reader) chargeItem(c *fhir.ChargeItem) {
	concepts := r.concepts(c.Code)
	one := Cost{Kind: "unspecified"}
	ours := false
	if slices.ContainsFunc(concepts, func(k terminology.Concept) bool { _, ok := procedure.Sayings[k]; return ok }) {
		ours, one.Kind = true, "treatment"
	}
	for _, service := range c.Service {
		key, x := r.refer(c, service, "Procedure")
		if r.operationOf(key) != "" || x == nil && strings.HasPrefix(key, "Procedure/") {
			ours, one.Kind = true, "treatment"
		}
	}
	if c.Context != nil {
		key, _ := r.refer(c, *c.Context, "Encounter")
		ours = ours || slices.ContainsFunc(r.procedures, func(p *operation) bool { return key != "" && p.item.Encounter == key })
	}
	if c.ProductReference != nil {
		key, x := r.refer(c, *c.ProductReference, "Device")
		if slices.ContainsFunc(r.out.Devices, func(d Device) bool { return d.Key == key }) || x == nil && strings.HasPrefix(key, "Device/") {
			ours, one.Kind, one.Device = true, "material", key
		}
	}
	if slices.ContainsFunc(r.concepts(c.ProductCodeableConcept), func(k terminology.Concept) bool { return slices.Contains(stimulators, k) }) {
		ours, one.Kind = true, "material"
	}
	for concept, kind := range map[terminology.Concept]string{"cost-material": "material", "cost-treatment": "treatment"} {
		if slices.Contains(concepts, concept) {
			ours, one.Kind = true, kind
		}
	}
	when, _ := period(c.OccurrencePeriod, c.OccurrenceDateTime)
	if when.IsZero() {
		when = c.EnteredDate
	}
	erroneous := c.Status == "entered-in-error"
	reason, free := uncharged[c.Status]
	switch {
	case !ours && !named(c.Code, CostKindSystem):
		r.drop(c, "code", "for no operation on a neurostimulator and no part of one")
		return
	case erroneous:
	case free:
		r.drop(c, "status", reason)
		return
	case r.later(when):
		r.drop(c, "occurrence", afterAsOf)
		return
	case c.PriceOverride == nil || c.PriceOverride.Value == "":
		r.drop(c, "priceOverride", "no amount")
		return
	case !isCurrency(c.PriceOverride.Currency):
		r.drop(c, "priceOverride.currency", "an amount without a currency")
		return
	}
	o, ok := r.origin(c, r.clinic(c, []*fhir.Reference{c.PerformingOrganization}, []*fhir.Reference{c.Context}))
	if !ok {
		return
	}
	one.Origin = o
	if one.Retracted = erroneous; !erroneous {
		amount, err := c.PriceOverride.Value.Rat()
		if err != nil {
			r.drop(c, "priceOverride.value", "not a number")
			return
		}
		one.Date, one.Amount, one.Currency = when.Text, mapping.FormatRat(amount), c.PriceOverride.Currency
	}
	r.serve(c)
	r.out.Costs = append(r.out.Costs, one)
}

// isCurrency reports whether a code has the form of ISO 4217.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
