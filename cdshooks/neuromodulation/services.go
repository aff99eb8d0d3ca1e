package neuromodulation

import (
	"context"
	"log/slog"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/fhir"
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
	// CoverageInformation writes on neuromodulation orders what the standpunt says of
	// their coverage, for clients that read Da Vinci CRD.
	CoverageInformation bool
	// Keep, when not nil, is given the chart of every call that is about a patient of
	// neuromodulation, before the answer goes out: what it takes, the caller waits for.
	Keep func(context.Context, *fhir.Chart)
	// Log is told where data could not be read, without what stood there: a card may not
	// come of them, that could say so. Nil is none.
	Log *slog.Logger
}

func (o Options) keep(ctx context.Context, chart *fhir.Chart) {
	if o.Keep != nil {
		o.Keep(ctx, chart)
	}
}

const englishRequirements = "The data of the prefetch, or a fhirServer that Pijnpoort may query."

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
			In: map[string]cdshooks.Words{"en": {
				Title: "Eligibility for neuromodulation",
				Description: "Judges whether a patient with chronic pain is eligible for neuromodulation by the Dutch standpunt on it, and says " +
					"which data lack to tell. On orders only when one of them is for neuromodulation.",
				UsageRequirements: englishRequirements,
			}},
			Prefetch: withSite(options.templates(patient, conditions, observations, procedures, medication, statements,
				answers, requests, careTeams), options.Queries),
			Extension: options.extension(),
			Advise:    options.eligibility,
		},
		{
			ID:    Aftercare,
			Hooks: []cdshooks.Hook{cdshooks.PatientView, cdshooks.EncounterStart, cdshooks.EncounterDischarge},
			Title: "Nazorg na neuromodulatie",
			Description: "Zegt na implantatie van een neuromodulatiesysteem welke controles, vragenlijsten en contacten volgens het " +
				"Standpunt Neuromodulatie aan de beurt zijn, en wat te doen bij twijfel over het effect.",
			UsageRequirements: "De gegevens van de prefetch, of een fhirServer die Pijnpoort mag bevragen.",
			In: map[string]cdshooks.Words{"en": {
				Title: "Aftercare of neuromodulation",
				Description: "Says after implantation of a neuromodulation system which checks, questionnaires and contacts are due by the Dutch " +
					"standpunt on it, and what to do when the effect is in doubt.",
				UsageRequirements: englishRequirements,
			}},
			Prefetch: withSite([]cdshooks.Template{patient, conditions, observations, procedures, medication, answers, encounters},
				options.Queries),
			Advise: options.aftercare,
		},
	}
}
