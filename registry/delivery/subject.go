package delivery

import (
	"context"
	"reflect"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// subject makes what a target gets of that which a delivery is about.
type subject func(ctx context.Context, n *normalise.Normaliser) (*normalise.Delivery, error)

// load reads what a delivery is about: a patient, all of whose data are withdrawn when he
// objects, or a report of the centre.
func load(ctx context.Context, tx *store.Tx, id string) (of subject, objects bool, err error) {
	if store.IsReport(id) {
		p, err := publication(ctx, &tx.Reader, id)
		return reported(p), false, err
	}
	patient, err := tx.Patient(ctx, id)
	if err != nil {
		return nil, false, err
	}
	r := patient.Registration
	objects = !patient.OptedOut.IsZero() && !tx.Now().Before(patient.OptedOut)
	if objects {
		withdraw(r)
	}
	return func(ctx context.Context, n *normalise.Normaliser) (*normalise.Delivery, error) {
		return n.Normalise(ctx, r)
	}, objects, nil
}

// withdraw marks everything of a registration as retracted.
func withdraw(r *registration.Registration) {
	r.Patient.Retracted = true
	all := reflect.ValueOf(r).Elem()
	for i := range all.NumField() {
		list := all.Field(i)
		if list.Kind() != reflect.Slice {
			continue
		}
		for j := range list.Len() {
			list.Index(j).FieldByName("Retracted").SetBool(true)
		}
	}
}
