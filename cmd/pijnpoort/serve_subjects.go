package main

import (
	"context"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/web"
)

// inside reports whether who asks sits at this machine, and did not come by a proxy on it:
// only there FHIR tells of persons. People elsewhere have the pages, with a name and password.
func (r *registry) inside(c *gin.Context) bool {
	return r.settings.IsLoopback() && c.GetHeader("X-Forwarded-For") == "" && c.GetHeader("Forwarded") == ""
}

// referStored refers to a patient by the id under which he is kept, which says nothing to
// others.
func referStored(patient string) fhir.Reference {
	return fhir.Reference{Type: "Patient", Identifier: &fhir.Identifier{System: audit.PatientSystem, Value: patient}}
}

// subjects finds who are counted in a Measure of a year, for the pages; that they are shown
// is logged first.
func (r *registry) subjects(c *gin.Context, year int, measure string) (*web.Subjects, error) {
	options, err := r.centre(year, mapping.DayOf(time.Now()))
	if err != nil {
		return nil, err
	}
	out := &web.Subjects{Subjects: &centre.Subjects{Measure: measure}}
	options.Subjects = out.Subjects
	var patients centre.Patients
	patients, out.Names = knownBy(config.StoredPatients(c.Request.Context(), r.store))
	if out.Report, err = centre.Compute(patients, options); err != nil {
		return nil, err
	}
	if named := out.All(); len(named) > 0 && r.access != nil {
		user, _, _ := c.Request.BasicAuth()
		err = r.access.Named(context.WithoutCancel(c.Request.Context()), user, c.RemoteIP(), "report", named)
	}
	return out, err
}

// knownBy fills names while a stream goes by: the numbers under which the hospital knows its
// patients. The citizen service number is left out, as it is from every page.
func knownBy(patients centre.Patients) (centre.Patients, map[string]string) {
	names := map[string]string{}
	return func(yield func(centre.Patient, error) bool) {
		for p, err := range patients {
			if err == nil {
				var numbers []string
				for _, id := range p.Registration.Patient.Identifiers {
					if id.System != registration.BSN {
						numbers = append(numbers, id.Value)
					}
				}
				names[p.ID] = strings.Join(numbers, ", ")
			}
			if !yield(p, err) {
				return
			}
		}
	}, names
}
