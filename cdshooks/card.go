package cdshooks

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// Card is guidance for the user. Identifiers that are empty are filled in when it is sent.
type Card struct {
	UUID              string       `json:"uuid,omitempty"`
	Summary           string       `json:"summary"`
	Detail            string       `json:"detail,omitempty"` // GitHub-flavoured Markdown
	Indicator         Indicator    `json:"indicator"`
	Source            Source       `json:"source"`
	Suggestions       []Suggestion `json:"suggestions,omitempty"`
	SelectionBehavior string       `json:"selectionBehavior,omitempty"` // any or at-most-one
	OverrideReasons   []Coding     `json:"overrideReasons,omitempty"`
	Links             []Link       `json:"links,omitempty"`

	// About is kept with the card's uuid, so that feedback can be understood later.
	About About `json:"-"`
	// Insistent cards are shown also when they were overridden lately.
	Insistent bool `json:"-"`
}

// Indicator is the urgency of a card.
type Indicator string

// The indicators.
const (
	Info     Indicator = "info"
	Warning  Indicator = "warning"
	Critical Indicator = "critical"
)

// Source says where guidance comes from.
type Source struct {
	Label string  `json:"label"`
	URL   string  `json:"url,omitempty"`
	Icon  string  `json:"icon,omitempty"`
	Topic *Coding `json:"topic,omitempty"`
}

// Coding is a code in a system.
type Coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

// Suggestion is a set of changes that the user may accept, all together.
type Suggestion struct {
	Label         string   `json:"label"`
	UUID          string   `json:"uuid,omitempty"`
	IsRecommended bool     `json:"isRecommended,omitzero"`
	Actions       []Action `json:"actions,omitempty"`
}

// Action is one change: create and update take a whole resource, delete its "Type/id".
type Action struct {
	Type        string         `json:"type"`
	Description string         `json:"description"`
	Resource    jsontext.Value `json:"resource,omitempty"`
	ResourceID  string         `json:"resourceId,omitempty"`
}

// About is what is kept of a card. It is not about the patient.
type About struct {
	Rules      string   `json:"rules"`      // version of the rules
	Conclusion string   `json:"conclusion"` // code
	Criteria   []string `json:"criteria,omitempty"`
	// Against are those of the criteria that are known to be in the way; the others
	// wait for data.
	Against []string `json:"against,omitempty"`
}

// summaryLimit is the number of UTF-16 units that a summary stays below.
const summaryLimit = 140

// finish makes a card fit to send: identifiers, and a summary on one line that is
// short enough however a client counts.
func (c *Card) finish() {
	if c.UUID == "" {
		c.UUID = uuid.NewString()
	}
	c.Summary = shorten(strings.Join(strings.Fields(c.Summary), " "))
	c.Suggestions, c.Links = slices.Clone(c.Suggestions), slices.Clone(c.Links) // the service may use its own again
	for i := range c.Suggestions {
		if c.Suggestions[i].UUID == "" {
			c.Suggestions[i].UUID = uuid.NewString()
		}
	}
	if len(c.Suggestions) > 0 && c.SelectionBehavior == "" {
		c.SelectionBehavior = "any"
	}
}

// shorten cuts a summary that is too long, with an ellipsis.
func shorten(summary string) string {
	if len(summary) < summaryLimit || len(utf16.Encode([]rune(summary))) < summaryLimit {
		return summary
	}
	const ellipsis = 1
	units := 0
	for i, r := range summary {
		units += utf16.RuneLen(r)
		if units+ellipsis >= summaryLimit {
			return strings.TrimRight(summary[:i], " ,;:(") + "…"
		}
	}
	return summary
}
