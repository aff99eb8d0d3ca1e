package neuromodulation

import (
	"context"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/validation"
)

// aftercareIndicators are the conclusions on which there is something to do after
// implantation, and how urgent it is.
var aftercareIndicators = map[validation.Conclusion]cdshooks.Indicator{
	validation.Overdue:       cdshooks.Warning,
	validation.NeedsData:     cdshooks.Info,
	validation.StayOff:       cdshooks.Info,
	validation.SwitchOn:      cdshooks.Info,
	validation.TeamJudgement: cdshooks.Info,
}

// aftercare answers a call of neuromodulatie-nazorg.
func (o Options) aftercare(_ context.Context, call *cdshooks.Call) ([]cdshooks.Card, error) {
	c, err := chartOf(call, o.Limits)
	if err != nil {
		return nil, err
	}
	adviser := *o.Adviser
	adviser.Judging.Language = call.Language
	record, verdict := adviser.Advise(c.Chart)
	indicator, due := aftercareIndicators[verdict.Verdict]
	if !due || verdict.Phase != validation.Aftercare && verdict.Phase != validation.Doubt {
		return []cdshooks.Card{}, nil
	}
	w := writer{call: call, chart: c, record: record, verdict: verdict}
	card, err := w.card(indicator)
	if err != nil {
		return nil, err
	}
	return []cdshooks.Card{card}, nil
}
