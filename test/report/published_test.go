package report

import (
	"fmt"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// of are the patients of a population as they are.
func of(p population.Parameters) centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		for id, r := range p.All() {
			if !yield(centre.Patient{ID: id, Registration: r}, nil) {
				return
			}
		}
	}
}

// series are patients with a system, as in a published series: no trials that failed, and
// no traps.
func series(patients int, seed uint64, years int) population.Parameters {
	p := population.Default(patients, seed)
	p.Traps, p.TrialConversion, p.AllInOne, p.Years = 0, 1, 0, years
	return p
}

// A centre with the patients and the hazard of removal of the British single-centre series
// (Regional Anesthesia and Pain Medicine 2020;45:883; 1,177 systems, 17.8 % removed after
// five years): the report finds it within its interval.
func TestRemovalsOfAPublishedSeries(t *testing.T) {
	const atFive = 0.178
	p := series(1177, 883, 12)
	p.RemovalsPerYear = 0.0392 // -ln(1-0.178)/5
	r, err := centre.Compute(of(p), centre.Options{Year: p.FirstYear + p.Years - 1, AsOf: mapping.NewDay(p.FirstYear+p.Years-1, 12, 31)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Curves {
		if c.Event != "removal" || c.Clinic != "" {
			continue
		}
		step := statistics.At(c.Steps, 5*365)
		t.Logf("removed after five years: %.1f %% (%.1f-%.1f) of %d", 100*(1-step.Survival), 100*(1-step.High), 100*(1-step.Low), c.Followed)
		if 1-step.High > atFive || 1-step.Low < atFive {
			t.Errorf("removed after five years: %v to %v does not hold %v", 1-step.High, 1-step.Low, atFive)
		}
		if width := step.High - step.Low; width > 0.08 {
			t.Errorf("an interval of %v says nothing", width)
		}
	}
}

// Responders (at least half of the pain gone) as in the arms of SENZA-RCT after three
// months: leg pain 83.1 % with 10 kHz and 55.5 % with conventional stimulation (Kapural,
// Anesthesiology 2015;123:851).
func TestRespondersOfAPublishedTrial(t *testing.T) {
	for _, share := range []float64{0.831, 0.555} {
		t.Run(fmt.Sprint(share), func(t *testing.T) {
			p := series(900, 851, 2)
			p.Responders, p.PROMResponse, p.RemovalsPerYear = share, 1, 0
			last := p.FirstYear + p.Years - 1
			r, err := centre.Compute(of(p), centre.Options{Year: last, AsOf: mapping.NewDay(last, 12, 31)})
			if err != nil {
				t.Fatal(err)
			}
			got := r.Figure("nm-prom-change", "responder-50").Stratum("prom-moment", "6-months")
			t.Logf("responders: %d of %d, %.1f-%.1f %%", got.Numerator, got.Denominator, 100*got.Interval.Low, 100*got.Interval.High)
			if got.Interval.Low > share || got.Interval.High < share || got.Denominator < 300 {
				t.Errorf("%+v does not hold %v", got.Interval, share)
			}
		})
	}
}

// Revisions of 100 patient-years as they were put in.
func TestRevisionRateIsRecovered(t *testing.T) {
	p := series(2000, 7, 4)
	p.RevisionsPerYear = 0.11
	last := p.FirstYear + p.Years - 1
	r, err := centre.Compute(of(p), centre.Options{Year: last, AsOf: mapping.NewDay(last, 12, 31)})
	if err != nil {
		t.Fatal(err)
	}
	if f := r.Figure("nm-revision", "revision"); f.Interval.Low > 11 || f.Interval.High < 11 {
		t.Errorf("revisions %+v per 100 patient-years, put in 11", f.Interval)
	}
}
