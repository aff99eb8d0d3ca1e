package intake

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// part is what is kept of one patient, and the places of the resources it was taken from.
type part struct {
	registered normalise.Registered
	patient    *fhir.Patient
	links      links
	accepted   []string
}

// part registers what a group says of its patient. It is false when nothing can be kept.
func (i *Intake) part(g group, raw map[string]jsontext.Value, l *ledger) (part, bool) {
	l.fates(g.chart)
	sound := g.chart.Resources[:0:0]
	for _, resource := range g.chart.Resources {
		if raw == nil || !l.refused[resource.Head().Origin.Path] && i.sound(resource, raw, l) {
			sound = append(sound, resource)
		}
	}
	chart := g.chart
	if len(sound) < len(chart.Resources) {
		chart = without(chart, sound)
	}
	if len(sound) == 0 {
		return part{}, false
	}
	if chart.Patient == nil {
		l.rejectAll(sound, "required", "no Patient came along who could be read, so it is not known whom it is about")
		return part{}, false
	}
	l.forms(sound, raw)
	registered := i.Register(chart)
	if !identified(registered.Registration) {
		l.rejectAll(sound, "required", "the Patient has no identifier with system and value")
		return part{}, false
	}
	p := part{registered: registered, patient: chart.Patient}
	reasons := reasonsOf(registered.Fates)
	for _, resource := range sound {
		at := resource.Head().Origin.Path
		if registered.Used[resource] {
			p.accepted = append(p.accepted, at)
			l.accept(at)
			continue
		}
		l.ignore(at, reasons[fhir.Name(resource)])
	}
	return p, len(p.accepted) > 0
}

// submission is the part as it is saved: with it is withdrawn what resources in a later
// version no longer say.
func (i *Intake) submission(p part) store.Submission {
	s := store.Submit(p.registered.Registration)
	s.Identifiers = i.Preference.Sort(s.Identifiers)
	s.Replaces, s.ReplacedBy = p.links.replaces, p.links.replacedBy
	s.Revise = p.registered.Revise
	return s
}

// sound reports whether a resource is sound as R4; if not it is rejected.
func (i *Intake) sound(resource fhir.Resource, raw map[string]jsontext.Value, l *ledger) bool {
	origin := resource.Head().Origin
	if origin.STU3 {
		return true
	}
	issues := encode.Check(raw[origin.Path], i.Limits.Depth)
	if len(issues) == 0 {
		return true
	}
	l.rejectFor(origin.Path, issues)
	return false
}

// without is a chart with only some of its resources.
func without(chart *fhir.Chart, resources []fhir.Resource) *fhir.Chart {
	out := &fhir.Chart{Source: chart.Source, Resources: resources, Rejected: chart.Rejected, Skipped: chart.Skipped, Issues: chart.Issues}
	for _, r := range resources {
		if p, ok := r.(*fhir.Patient); ok && out.Patient == nil {
			out.Patient = p
		}
	}
	out.Index()
	return out
}

// identified reports whether there is an identifier by which the patient can be known again.
func identified(r *registration.Registration) bool {
	for _, identifier := range r.Patient.Identifiers {
		if identifier.System != "" && identifier.Value != "" {
			return true
		}
	}
	return false
}

// reasonsOf are why nothing was taken from resources, by name: the last that is about the
// resource as a whole, else about an element.
func reasonsOf(fates []fhir.Fate) map[string]string {
	reasons := make(map[string]string, len(fates))
	for _, f := range fates {
		if _, told := reasons[f.Resource]; !told || f.Path == "" {
			reasons[f.Resource] = f.Reason
		}
	}
	return reasons
}
