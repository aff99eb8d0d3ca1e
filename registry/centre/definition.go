package centre

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

//go:embed definitions/pijnpoort-proposal.yaml
var shipped embed.FS

// OutcomeDefinition says what a Textbook Outcome and the complication score are. The
// standpunt asks for both and defines neither.
type OutcomeDefinition struct {
	ID      string         `yaml:"id" json:"id"`
	Version string         `yaml:"version" json:"version"`
	Status  string         `yaml:"status" json:"status"` // proposal or agreed
	Owner   string         `yaml:"owner" json:"owner"`
	Title   standpunt.Text `yaml:"title" json:"title"`
	// Days of follow-up after the definitive placement.
	Days int `yaml:"days" json:"days"`
	// SeenWithin is how many days before the end of the follow-up a patient must have been
	// seen at least, or later, for the absence of an event to be known.
	SeenWithin        int               `yaml:"seenWithin" json:"seenWithin"`
	Criteria          []Requirement     `yaml:"criteria" json:"criteria"`
	ComplicationScore ComplicationScore `yaml:"complicationScore" json:"complicationScore"`
}

// Requirement is one criterion of a Textbook Outcome.
type Requirement struct {
	ID    string         `yaml:"id" json:"id"`
	Title standpunt.Text `yaml:"title" json:"title"`
	// Test is trial-relief, no-procedure, no-serious-event, questionnaires or change.
	Test string `yaml:"test" json:"test"`
	// Percent and AttackPercent of trial-relief: less pain, and fewer attacks in cluster headache.
	Percent       int `yaml:"percent" json:"percent,omitempty"`
	AttackPercent int `yaml:"attackPercent" json:"attackPercent,omitempty"`
	// Kinds of no-procedure.
	Kinds []registration.ProcedureKind `yaml:"kinds" json:"kinds,omitempty"`
	// Moment and Questionnaires (codes as gpe, sf12) of questionnaires and change.
	Moment         string   `yaml:"moment" json:"moment,omitempty"`
	Questionnaires []string `yaml:"questionnaires" json:"questionnaires,omitempty"`
	// Scale of change: improved by the smallest important difference.
	Scale string `yaml:"scale" json:"scale,omitempty"`
}

// ComplicationScore weighs adverse events.
type ComplicationScore struct {
	Weights map[string]float64 `yaml:"weights" json:"weights"` // by kind
	Serious float64            `yaml:"serious" json:"serious"` // factor
}

// Proposal is the definition that is shipped: Pijnpoort's own.
func Proposal() *OutcomeDefinition {
	content, err := shipped.ReadFile("definitions/pijnpoort-proposal.yaml")
	if err != nil {
		panic(err) // it is embedded
	}
	d, err := ReadDefinition(bytes.NewReader(content))
	if err != nil {
		panic(err) // tests read it
	}
	return d
}

// ReadDefinition reads a definition (YAML). The error names the key at fault.
func ReadDefinition(r io.Reader) (*OutcomeDefinition, error) {
	d := new(OutcomeDefinition)
	if err := yaml.NewDecoder(r, yaml.Strict()).Decode(d); err != nil {
		return nil, fmt.Errorf("outcome definition: %s", yaml.FormatError(err, false, false))
	}
	if err := d.check(); err != nil {
		return nil, fmt.Errorf("outcome definition: %w", err)
	}
	return d, nil
}

func (d *OutcomeDefinition) check() error {
	switch {
	case d.ID == "" || d.Version == "" || d.Owner == "" || d.Title.NL == "" || d.Title.EN == "":
		return errors.New("id, version, owner and title (nl, en) must be given")
	case d.Status != "proposal" && d.Status != "agreed":
		return errors.New("status must be proposal or agreed")
	case d.Days <= 0 || d.SeenWithin < 0 || d.SeenWithin > d.Days:
		return errors.New("days must be more than 0, and seenWithin from 0 to days")
	case len(d.Criteria) == 0:
		return errors.New("criteria must be given")
	case d.ComplicationScore.Serious < 1:
		return errors.New("complicationScore.serious must be at least 1")
	}
	seen := map[string]bool{}
	for i, c := range d.Criteria {
		test, ok := requirements[c.Test]
		switch {
		case c.ID == "" || seen[c.ID] || strings.ContainsAny(c.ID, " |"):
			return fmt.Errorf("criteria[%d].id must be given, different and without spaces", i)
		case !ok:
			return fmt.Errorf("criteria[%d].test %q does not exist; there are: %s", i, c.Test, strings.Join(slices.Sorted(maps.Keys(requirements)), ", "))
		}
		if err := test.check(c); err != nil {
			return fmt.Errorf("criteria[%d] (%s): %w", i, c.ID, err)
		}
		seen[c.ID] = true
	}
	for kind, weight := range d.ComplicationScore.Weights {
		if weight < 0 {
			return fmt.Errorf("complicationScore.weights.%s must not be negative", kind)
		}
	}
	return nil
}
