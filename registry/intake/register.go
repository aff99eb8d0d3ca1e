package intake

import (
	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// Registering registers charts as an adviser reads and judges them.
func Registering(a *advice.Adviser) Registrar {
	return func(chart *fhir.Chart) (*registration.Registration, func(fhir.Resource) bool, []fhir.Fate) {
		registered := normalise.Register(a, chart)
		return registered.Registration, func(r fhir.Resource) bool { return registered.Used[r] }, registered.Fates
	}
}
