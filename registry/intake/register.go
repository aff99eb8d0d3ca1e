package intake

import (
	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// Registering registers charts as an adviser reads and judges them.
func Registering(a *advice.Adviser) Registrar {
	return func(chart *fhir.Chart) (*registration.Registration, func(fhir.Resource) bool, []fhir.Fate) {
		without := *a
		without.Changes = false // what would change the verdict is not registered
		record, verdict := without.Advise(chart)
		scores := prom.Score(chart, a.Mapping.PROM)
		took := map[fhir.Resource]bool{}
		options := registration.Options{Terminology: a.Mapping.Terminology, Used: func(r fhir.Resource) { took[r] = true }}
		if a.Terminology != nil {
			options.Terminology = a.Terminology()
		}
		r, fates := registration.Of(chart, record, &scores, options)
		if record.Organization == "" { // a centre is not a patient
			r.Judgements = normalise.Judgements(verdict)
		}
		return r, func(r fhir.Resource) bool { return took[r] }, fates
	}
}
