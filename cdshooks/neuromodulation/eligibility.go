package neuromodulation

import (
	"context"
	"slices"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

// eligibility answers a call of neuromodulatie-geschiktheid.
func (o Options) eligibility(ctx context.Context, call *cdshooks.Call) (cdshooks.Response, error) {
	c, err := chartOf(call, o.Limits)
	if err != nil {
		return cdshooks.Response{}, err
	}
	o.told(call, c)
	adviser := *o.Adviser
	adviser.Judging.Language = call.Language
	record, verdict := adviser.Advise(c.Chart)
	orders := c.neuromodulation(record, o.terminology())
	ordered := len(orders) > 0
	if isOrder[call.Hook] && !ordered || !isOrder[call.Hook] && !concerns(record) {
		return cdshooks.Response{}, nil
	}
	if !ordered && slices.Contains([]validation.Phase{validation.Aftercare, validation.Doubt, validation.Centre}, verdict.Phase) {
		return cdshooks.Response{}, nil // that is for the other service
	}
	o.keep(ctx, c.Chart)
	if phase := phaseOf(orders, verdict.Phase); phase != verdict.Phase {
		adviser.Judging.Phase = phase
		verdict = validation.Judge(record, adviser.Judging)
	}
	w := writer{call: call, chart: c, record: record, verdict: verdict, ordered: ordered}
	indicator := cdshooks.Info
	if ordered && verdict.Verdict != validation.CoveredEligible && verdict.Verdict != validation.TrialContinue &&
		verdict.Verdict != validation.ExtensionAllowed {
		indicator = cdshooks.Warning
	}
	if !o.CoverageInformation || !isOrder[call.Hook] {
		orders = nil
	}
	return w.response(indicator, orders)
}

// isOrder are the hooks on which orders are judged, and nothing else.
var isOrder = map[cdshooks.Hook]bool{cdshooks.OrderSelect: true, cdshooks.OrderSign: true, cdshooks.OrderDispatch: true}

// concerns reports whether somebody means neuromodulation for the patient: it is
// requested, or there is a condition for which it is reimbursed.
func concerns(record *mapping.Record) bool {
	return len(record.Fact("modality").Values) > 0 || len(record.Fact("reason").Values) > 0 ||
		slices.ContainsFunc(record.Indications, func(i mapping.Indication) bool { return slices.Contains(mapping.Reimbursed, i.Code) })
}
