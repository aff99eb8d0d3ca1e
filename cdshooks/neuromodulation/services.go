package neuromodulation

import (
	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
)

// The ids of the services.
const (
	Eligibility = "neuromodulatie-geschiktheid"
	Aftercare   = "neuromodulatie-nazorg"
)

// Options are what the services depend on.
type Options struct {
	// Adviser judges, in the way that the site has chosen.
	Adviser *advice.Adviser
	// Limits on the data of one call.
	Limits decode.Limits
	// Queries are a site's own prefetch queries, by key. A key that the services do
	// not have is added.
	Queries map[string]string
}

// Services are the decision services.
func Services(options Options) []cdshooks.Service {
	return []cdshooks.Service{
		{
			ID:    Eligibility,
			Hooks: []cdshooks.Hook{cdshooks.PatientView, cdshooks.OrderSelect, cdshooks.OrderSign, cdshooks.OrderDispatch},
			Title: "Geschiktheid voor neuromodulatie",
			Description: "Toetst of een patiënt met chronische pijn volgens het Standpunt Neuromodulatie in aanmerking komt voor " +
				"neuromodulatie, en zegt welke gegevens daarvoor ontbreken. Bij orders alleen als een van de orders neuromodulatie betreft.",
			UsageRequirements: "De gegevens van de prefetch, of een fhirServer die Pijnpoort mag bevragen.",
			Prefetch: withSite([]cdshooks.Template{patient, conditions, observations, procedures, medication, statements,
				answers, requests, careTeams}, options.Queries),
			Advise: options.eligibility,
		},
		{
			ID:    Aftercare,
			Hooks: []cdshooks.Hook{cdshooks.PatientView, cdshooks.EncounterStart, cdshooks.EncounterDischarge},
			Title: "Nazorg na neuromodulatie",
			Description: "Zegt na implantatie van een neuromodulatiesysteem welke controles, vragenlijsten en contacten volgens het " +
				"Standpunt Neuromodulatie aan de beurt zijn, en wat te doen bij twijfel over het effect.",
			UsageRequirements: "De gegevens van de prefetch, of een fhirServer die Pijnpoort mag bevragen.",
			Prefetch: withSite([]cdshooks.Template{patient, conditions, observations, procedures, medication, answers, encounters},
				options.Queries),
			Advise: options.aftercare,
		},
	}
}
