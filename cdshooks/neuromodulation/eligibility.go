package neuromodulation

import (
	"context"
	"slices"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

// eligibility answers a call of neuromodulatie-geschiktheid.
func (o Options) eligibility(_ context.Context, call *cdshooks.Call) ([]cdshooks.Card, error) {
	c, err := chartOf(call, o.Limits)
	if err != nil {
		return nil, err
	}
	adviser := *o.Adviser
	adviser.Judging.Language = call.Language
	record, verdict := adviser.Advise(c.Chart)
	ordered := c.ordersNeuromodulation(record)
	if isOrder[call.Hook] && !ordered || !isOrder[call.Hook] && !concerns(record) {
		return []cdshooks.Card{}, nil
	}
	if slices.Contains([]validation.Phase{validation.Aftercare, validation.Doubt, validation.Centre}, verdict.Phase) {
		if !ordered { // that is for the other service
			return []cdshooks.Card{}, nil
		}
		// An order for a patient who has a system begins a new course.
		adviser.Judging.Phase = validation.Preparation
		verdict = validation.Judge(record, adviser.Judging)
	}
	w := writer{call: call, chart: c, record: record, verdict: verdict}
	indicator := cdshooks.Info
	if ordered && verdict.Verdict != validation.CoveredEligible && verdict.Verdict != validation.TrialContinue &&
		verdict.Verdict != validation.ExtensionAllowed {
		indicator = cdshooks.Warning
	}
	card, err := w.card(indicator)
	if err != nil {
		return nil, err
	}
	return []cdshooks.Card{card}, nil
}

// isOrder are the hooks on which orders are judged, and nothing else.
var isOrder = map[cdshooks.Hook]bool{cdshooks.OrderSelect: true, cdshooks.OrderSign: true, cdshooks.OrderDispatch: true}

// ordersNeuromodulation reports whether an order of the call asks for neuromodulation.
func (c *chart) ordersNeuromodulation(record *mapping.Record) bool {
	for _, fact := range []string{"modality", "reason"} {
		for _, v := range record.Fact(fact).Values {
			for _, e := range v.Evidence {
				if slices.Contains(c.orders, e.Resource) {
					return true
				}
			}
		}
	}
	return false
}

// concerns reports whether somebody means neuromodulation for the patient: it is
// requested, or there is a condition for which it is reimbursed.
func concerns(record *mapping.Record) bool {
	return len(record.Fact("modality").Values) > 0 || len(record.Fact("reason").Values) > 0 ||
		slices.ContainsFunc(record.Indications, func(i mapping.Indication) bool { return slices.Contains(mapping.Reimbursed, i.Code) })
}
