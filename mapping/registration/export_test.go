package registration

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

// KeyOf is the key of a resource of a chart.
func KeyOf(chart *fhir.Chart, x fhir.Resource) string {
	return newReader(chart, new(mapping.Record), new(prom.Result), Options{}).key(x)
}
