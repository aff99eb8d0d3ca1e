package normalise

import (
	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation"
)

// Registered is what a chart says for a registry.
type Registered struct {
	Registration *registration.Registration // with the judgements by the standpunt
	Record       *mapping.Record
	Verdict      *validation.Verdict
	// Used are the resources that something was taken from.
	Used map[fhir.Resource]bool
	// Fates tell which resources and elements gave nothing to the registration, and why.
	Fates []fhir.Fate

	chart   *fhir.Chart
	options registration.Options
}

// Revise is the registration with what the chart takes back of what was known: see
// registration.Withdraw.
func (r Registered) Revise(known *registration.Registration) *registration.Registration {
	return registration.Withdraw(known, r.Registration, r.chart, r.options)
}

// Refused says why the chart is not for a registry; nil when it is.
func (r Registered) Refused() error {
	if r.Record.Organization != "" && r.Registration.Patient.Key == "" && len(r.Registration.Patient.Identifiers) == 0 {
		return ErrCentre
	}
	return nil
}

// Register makes the registration of a chart, judged in the way of an adviser. A chart that
// was delivered before keeps the judgements it came with: it holds less than what they were
// made of, so that a second judgement could contradict the first.
func Register(a *advice.Adviser, chart *fhir.Chart) Registered {
	without := *a
	without.Changes = false // what would change the verdict is not registered
	record, verdict := without.Advise(chart)
	scores := prom.Score(chart, a.Mapping.PROM)
	options := registration.Options{Terminology: a.Mapping.Terminology}
	if a.Terminology != nil {
		options.Terminology = a.Terminology()
	}
	used := map[fhir.Resource]bool{}
	options.Used = func(r fhir.Resource) { used[r] = true }
	r, fates := registration.Of(chart, record, &scores, options)
	if record.Organization == "" && len(r.Judgements) == 0 { // a centre is not a patient
		r.Judgements = Judgements(verdict)
	}
	options.Used = nil
	return Registered{Registration: r, Record: record, Verdict: verdict, Used: used, Fates: fates, chart: chart, options: options}
}
