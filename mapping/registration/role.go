package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// specialty is the profession of who did the operation: of the first performer whose
// is told, by function, role or qualification.
func (r *reader) specialty(p *fhir.Procedure) string {
	for i := range p.Performer {
		one := &p.Performer[i]
		if role := r.role(p, one.Function, one.Actor); role != "" {
			return role
		}
	}
	return ""
}

// role is the code of CodeSystem/intake for a profession as stated, or as the
// professional referred to has it; empty when that is not told.
func (r *reader) role(from fhir.Resource, stated *fhir.CodeableConcept, who fhir.Reference) string {
	if role := roleOf(r.concepts(stated)); role != "" {
		return role
	}
	var concepts []terminology.Concept
	add := func(list []fhir.CodeableConcept) {
		for i := range list {
			concepts = append(concepts, r.concepts(&list[i])...)
		}
	}
	qualified := func(p *fhir.Practitioner) {
		for i := range p.Qualification {
			concepts = append(concepts, r.concepts(p.Qualification[i].Code)...)
		}
		r.serve(p)
	}
	switch x := r.chart.Resolve(from, who).(type) {
	case *fhir.PractitionerRole:
		r.serve(x)
		add(x.Code)
		add(x.Specialty)
		if x.Practitioner != nil && len(concepts) == 0 {
			if p, ok := r.chart.Resolve(x, *x.Practitioner).(*fhir.Practitioner); ok {
				qualified(p)
			}
		}
	case *fhir.Practitioner:
		qualified(x)
	}
	return roleOf(concepts)
}

// roleOf is the profession that concepts mean. An anaesthesiologist is a pain
// specialist only where that is said too.
func roleOf(concepts []terminology.Concept) string {
	found := ""
	for _, c := range concepts {
		name, ok := strings.CutPrefix(string(c), "role-")
		if !ok || name == "anaesthesiologist" || name == "pain-medicine" {
			continue
		}
		if !slices.Contains(mapping.Roles, name) {
			name = "other"
		}
		if found == "" || slices.Index(mapping.Roles, name) < slices.Index(mapping.Roles, found) {
			found = name
		}
	}
	if found == "" && slices.Contains(concepts, "role-anaesthesiologist") && slices.Contains(concepts, "role-pain-medicine") {
		return "anaesthesiologist-pain-specialist"
	}
	return found
}
