package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// links are the other records of a patient that his record names (Patient.link): those it
// takes the place of, and those that take its place. Links of other types ask for nothing.
type links struct{ replaces, replacedBy []registration.Identifier }

// link is an element of Patient.link.
type link struct {
	Other reference `json:"other"`
	Type  string    `json:"type"`
}

// people are the identifiers of all Patients that came along, by what a reference may say.
type people map[string][]fhir.Identifier

func peopleOf(groups []group) people {
	all := people{}
	for _, g := range groups {
		for _, r := range g.chart.Resources {
			p, is := r.(*fhir.Patient)
			if !is {
				continue
			}
			for _, name := range []string{"Patient/" + p.ID, p.Origin.FullURL} {
				if name != "Patient/" && name != "" {
					all[name] = p.Identifier
				}
			}
		}
	}
	return all
}

// links reads the links of a Patient as he was sent. One that leads to nobody who can be
// known is told.
func (all people) links(patient *fhir.Patient, raw map[string]jsontext.Value, l *ledger) (out links) {
	at := patient.Origin.Path
	sent := read[struct {
		Link jsontext.Value `json:"link"`
	}](raw[at])
	for n, one := range list[link](sent.Link) {
		to := map[string]*[]registration.Identifier{"replaces": &out.replaces, "replaced-by": &out.replacedBy}[one.Type]
		if to == nil {
			continue
		}
		found := slices.DeleteFunc(all.named(one.Other), func(i registration.Identifier) bool { return i.System == "" || i.Value == "" })
		if len(found) == 0 {
			l.remark([]fhir.Issue{{Severity: fhir.SeverityWarning, Code: "not-found", Path: fmt.Sprintf("%s.link[%d].other", at, n),
				Reason: "the other record of the patient did not come along and is not named by an identifier: the link is not followed"}})
		}
		*to = append(*to, found...)
	}
	return out
}

// named are the identifiers of the Patient that a reference names.
func (all people) named(r reference) (list []registration.Identifier) {
	if r.Identifier.Value != "" {
		list = append(list, registration.Identifier(r.Identifier))
	}
	known, ok := all[r.Reference]
	if !ok {
		if _, name := fhir.SplitReference(r.Reference); strings.HasPrefix(name, "Patient/") {
			known = all[name]
		}
	}
	for _, i := range known {
		list = append(list, registration.Identifier{System: i.System, Value: i.Value})
	}
	return list
}
