package intake

import (
	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// Registering registers charts as an adviser reads and judges them.
func Registering(a *advice.Adviser) Registrar {
	return func(chart *fhir.Chart) normalise.Registered { return normalise.Register(a, chart) }
}
