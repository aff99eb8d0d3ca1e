package cdshooks

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// Service is a decision service. One service may be called on several hooks; the
// cards of a later call replace those of an earlier one.
type Service struct {
	ID                string // the last part of its URL
	Hooks             []Hook
	Title             string
	Description       string // GitHub-flavoured Markdown
	UsageRequirements string // may be empty
	// In holds the three above in other languages, by "nl" or "en".
	In map[string]Words
	// Extension is told in discovery, by names that are unique in the world; may be nil.
	Extension map[string]any
	// Prefetch is what the service wants to know. A template that is not optional is
	// needed: without server to fetch it from, its absence is refused with 412.
	Prefetch []Template
	// Advise gives the cards; none is the zero Response. An error that is a *Refusal is
	// sent as such, any other is logged and sent as status 500.
	Advise func(context.Context, *Call) (Response, error)
}

// Words are what discovery says of a service, in one language.
type Words struct{ Title, Description, UsageRequirements string }

func (s *Service) words(lang string) Words {
	if words, ok := s.In[lang]; ok {
		return words
	}
	return Words{s.Title, s.Description, s.UsageRequirements}
}

// Template is a FHIR query for the client to run before the call.
type Template struct {
	Key   string
	Query string // with tokens such as {{context.patientId}}
	// Essential data are those without which there is nothing to say: when they
	// cannot be read, the call is refused with 412. Without others a card is less complete.
	Essential bool
	// Optional data are taken when they come; without server to fetch them from, the
	// call is answered as if they had not been asked.
	Optional bool
}

// Call is one call of a service, with its data gathered.
type Call struct {
	Service  string
	Hook     Hook
	Language string // "nl" or "en": what the caller prefers, or the default
	Context  Context
	// Extension is what the client says beyond the specification, as sent; may be nil.
	Extension jsontext.Value
	// Data holds what came of every template, in their order, and then what the
	// client sent under keys of its own, by key.
	Data []Datum

	more        func(queries []string) []Datum
	identifiers []fhir.Identifier
	logged      bool
}

// Fetch runs queries that the data show to be needed, such as for what they refer to,
// in what is left of the time for fetching. Without server to ask, and for a query that
// fails, the datum is Unreadable. The queries have no tokens; each is its own key.
func (c *Call) Fetch(queries ...string) []Datum { return c.more(queries) }

// Datum is what came of one prefetch template.
type Datum struct {
	Key   string
	State State
	// Documents are resources, Bundles of them among these, as received: several
	// when pages were fetched.
	Documents []jsontext.Value
	// Reason says in what way data are lacking, for people and without values.
	Reason string
}

// State is how far the data of a key could be had.
type State int

// The states.
const (
	// Complete: sent, or fetched.
	Complete State = iota
	// Empty: asked for, and there is nothing.
	Empty
	// Incomplete: some pages of it.
	Incomplete
	// Unreadable: the client, or its FHIR server, could not give it.
	Unreadable
	// Whole: a Bundle under a key of the client's own that holds the patient; by
	// arrangement it is all there is to know, and nothing else is lacking.
	Whole
	// Absent: optional, not sent, and not to be fetched.
	Absent
)
