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
func (o Options) aftercare(ctx context.Context, call *cdshooks.Call) (cdshooks.Response, error) {
	c, err := chartOf(call, o.Limits)
	if err != nil {
		return cdshooks.Response{}, err
	}
	o.told(call, c)
	adviser := *o.Adviser
	adviser.Judging.Language = call.Language
	record, verdict := adviser.Advise(c.Chart)
	if verdict.Phase == validation.Aftercare || verdict.Phase == validation.Doubt {
		o.keep(ctx, c.Chart)
	}
	indicator, due := aftercareIndicators[verdict.Verdict]
	if !due || verdict.Phase != validation.Aftercare && verdict.Phase != validation.Doubt {
		return cdshooks.Response{}, nil
	}
	w := writer{call: call, chart: c, record: record, verdict: verdict}
	return w.response(indicator, nil)
}
