package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

// readPatients are patients of files, put together: the same person in two files, of two
// clinics for example, is one patient. All of them are held in memory.
type readPatients struct {
	order       []*registration.Registration // in the order found; nil where joined to another
	byName      map[string]int               // index by "system|value" of every identifier
	attestation *mapping.Record
}

// readPatients reads files. What cannot be read ends it, for a report over part of the
// data would be wrong without anybody knowing.
func (m *Main) readPatients(ctx context.Context, settings config.Config, arguments []string, asOf mapping.Day) (*readPatients, error) {
	adviser, err := settings.Adviser()
	if err != nil {
		return nil, err
	}
	adviser.AsOf = func() mapping.Day { return asOf }
	list, several, err := m.inputs(arguments)
	if err != nil {
		return nil, err
	}
	read, finish := m.progress(list, several)
	defer finish()
	out := &readPatients{byName: map[string]int{}}
	for chart, err := range m.charts(list, settings.DecodeLimits(), read) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s", chart.Source, reason(err))
		}
		if err := out.add(chart, normalise.Register(adviser, chart)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *readPatients) add(chart *fhir.Chart, one normalise.Registered) error {
	if chart.Patient == nil && one.Record.Organization != "" {
		if r.attestation != nil {
			return fmt.Errorf("%s: a second response of the centre", chart.Source)
		}
		r.attestation = one.Record
		return nil
	}
	joined := one.Registration
	var names []string
	for _, id := range joined.Patient.Identifiers {
		names = append(names, id.System+"|"+id.Value)
	}
	place := len(r.order)
	for _, name := range names {
		if at, ok := r.byName[name]; ok && at != place && r.order[at] != nil {
			joined = registration.Merge(r.order[at], joined)
			r.order[at] = nil
			for other, index := range r.byName {
				if index == at {
					r.byName[other] = place
				}
			}
		}
	}
	for _, name := range names {
		r.byName[name] = place
	}
	r.order = append(r.order, joined)
	return nil
}

// all are the patients, in order.
func (r *readPatients) all() centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		for i, one := range slices.All(r.order) {
			if one != nil && !yield(centre.Patient{ID: strconv.Itoa(i), Registration: one}, nil) {
				return
			}
		}
	}
}
