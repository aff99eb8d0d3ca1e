package config

import (
	"context"
	"errors"
	"time"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/operations"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// Normalising is how $normalise makes bundles. Keys for pseudonyms are read, or made, when
// they are first asked for.
func (c Config) Normalising() *operations.Normalising {
	out := &operations.Normalising{Shapes: names(normalise.Shapes), Precisions: names(normalise.Precisions), Make: c.normalised}
	for _, t := range c.targets() {
		out.Targets = append(out.Targets, t.Name)
	}
	return out
}

func names[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}

// normalised makes the bundle of a chart as one Bundle, however large.
func (c Config) normalised(ctx context.Context, a *advice.Adviser, chart *fhir.Chart, choice operations.NormaliseChoice) (operations.Normalised, error) {
	registered := normalise.Register(a, chart)
	if err := registered.Refused(); err != nil {
		return operations.Normalised{}, operations.Unanswerable{Reason: err.Error()}
	}
	target, err := c.RegistryTarget(choice.Target)
	if err != nil {
		return operations.Normalised{}, err
	}
	target.MaxEntries, target.MaxBytes = 0, 0
	if choice.Shape != "" {
		target.Shape = normalise.Shape(choice.Shape)
	}
	if target.Shape == normalise.NDJSON {
		target.Shape = normalise.Collection // an operation answers with a resource
	}
	if choice.BirthDate != "" {
		target.BirthDate = normalise.Precision(choice.BirthDate)
	}
	normaliser, err := c.Normaliser(target, mapping.DayOf(time.Now()))
	if err != nil {
		return operations.Normalised{}, err
	}
	delivery, err := normaliser.Normalise(ctx, registered.Registration)
	var refusal normalise.Refusal
	if errors.As(err, &refusal) {
		return operations.Normalised{}, operations.Unanswerable{Reason: refusal.Error()}
	}
	if err != nil {
		return operations.Normalised{}, err
	}
	documents, err := delivery.Documents()
	if err != nil {
		return operations.Normalised{}, err
	}
	return operations.Normalised{Bundle: documents[0].Body, Issues: append(notRegistered(registered.Fates), delivery.Issues...)}, nil
}

// notRegistered are the fates of what gave nothing to the registration.
func notRegistered(fates []fhir.Fate) []fhir.Issue {
	list := make([]fhir.Issue, len(fates))
	for i, f := range fates {
		list[i] = fhir.Issue{Severity: fhir.SeverityInformation, Code: "informational", Resource: f.Resource, Path: f.Path, Reason: f.Reason}
	}
	return list
}
