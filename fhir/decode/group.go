package decode

import (
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// groups gathers the resource lines of a stream by the patient they are about.
type groups struct {
	entries int // limit of one chart
	order   []held
	byKey   map[string]*group
	shared  map[string]sharedLine
}

// held is a chart in the order of the lines: one of its own, or a group.
type held struct {
	chart *fhir.Chart
	err   error
	group *group
}

// group is what came in about one patient.
type group struct {
	chart      *fhir.Chart
	references []string
	remarks    remarks
	identifier string // system and value, when lines name the patient only so
}

// sharedLine is a resource about nobody.
type sharedLine struct {
	resource   fhir.Resource
	issues     []fhir.Issue
	remarks    remarks
	references []string
}

// sharedTypes are the types of resources that several charts may refer to.
var sharedTypes = map[string]bool{
	"Medication": true, "Practitioner": true, "PractitionerRole": true,
	"Organization": true, "Location": true, "Questionnaire": true, "Device": true, "ValueSet": true, "CodeSystem": true,
}

func newGroups(entries int) *groups {
	return &groups{entries: entries, byKey: map[string]*group{}, shared: map[string]sharedLine{}}
}

func (g *groups) hold(c *fhir.Chart, err error) { g.order = append(g.order, held{chart: c, err: err}) }

// add puts the resource of a line where it belongs. The error says that the
// line is faulty or about nobody.
func (g *groups) add(r *reader) error {
	c := r.chart
	key, identifier := r.patient()
	switch {
	case key != "":
		g.put(key, identifier, r)
		return nil
	case len(c.Rejected) > 0:
		fate := c.Rejected[0]
		return &Error{Source: r.source, Entry: -1, Path: fate.Path, Reason: fate.Reason, Code: r.fault.code}
	case r.received.kind == "OperationOutcome":
		return &Error{Source: r.source, Entry: -1, Path: r.received.kind, Reason: c.Issues[0].Reason, Code: codeIncomplete}
	case len(c.Skipped) > 0:
		return nil
	}
	resource := c.Resources[0]
	if !sharedTypes[resource.Type()] {
		return &Error{Source: r.source, Entry: -1, Path: resource.Type(), Code: codeRequired,
			Reason: "does not say which patient it is about"}
	}
	line := sharedLine{resource, c.Issues, r.remarks, *r.references}
	g.shared[resource.Type()+"/"+resource.Head().ID] = line
	if url, version := canonicalOf(resource); url != "" {
		g.shared[url] = line
		g.shared[url+"|"+version] = line
	}
	return nil
}

// patient says whom the resource of a line is about: "Patient/id", or the
// identifier by which alone the patient is named.
func (r *reader) patient() (key, identifier string) {
	subject := &r.received.about
	if resource := r.received.resource; resource != nil {
		if resource.Type() == "Patient" && resource.Head().ID != "" {
			return "Patient/" + resource.Head().ID, ""
		}
		if resource.Type() == "Patient" {
			return "#" + strconv.Itoa(r.line), "" // nothing can refer to it
		}
		_, subject = about(resource)
	}
	switch {
	case subject == nil:
		return "", ""
	case strings.HasPrefix(subject.Reference, "#"):
		return "#" + strconv.Itoa(r.line), ""
	case subject.Reference != "":
		return patientKey(subject.Reference), ""
	case subject.Identifier != nil && subject.Identifier.Value != "":
		identifier = subject.Identifier.System + "|" + subject.Identifier.Value
		return "|" + identifier, identifier
	}
	return "", ""
}

// put adds a line to the group of that key.
func (g *groups) put(key, identifier string, r *reader) {
	to := g.byKey[key]
	if to == nil {
		to = &group{chart: &fhir.Chart{Source: r.source}, identifier: identifier}
		g.byKey[key] = to
		g.order = append(g.order, held{group: to})
	}
	to.take(r.chart, r.remarks)
	to.references = append(to.references, *r.references...)
}

// take moves what was read of a line to the group, or of one group to another.
func (to *group) take(from *fhir.Chart, n remarks) {
	c := to.chart
	c.Resources = append(c.Resources, from.Resources...)
	c.Rejected = append(c.Rejected, from.Rejected...)
	c.Skipped = append(c.Skipped, from.Skipped...)
	to.takeIssues(from.Issues, n)
}

// charts gives all that is held, in order.
func (g *groups) charts(yield func(*fhir.Chart, error) bool) {
	g.joinIdentified()
	for _, h := range g.order {
		c, err := h.chart, h.err
		if h.group != nil {
			if len(h.group.chart.Resources)+len(h.group.chart.Rejected)+len(h.group.chart.Skipped) == 0 {
				continue // joined another group
			}
			c, err = g.finish(h.group)
		}
		if !yield(c, err) {
			return
		}
	}
}

// joinIdentified moves what names its patient by identifier only to the
// patient who has that identifier.
func (g *groups) joinIdentified() {
	owners := map[string]*group{}
	for _, h := range g.order {
		if h.group == nil {
			continue
		}
		for _, resource := range h.group.chart.Resources {
			if p, ok := resource.(*fhir.Patient); ok {
				for _, identifier := range p.Identifier {
					owners[identifier.System+"|"+identifier.Value] = h.group
				}
			}
		}
	}
	for _, h := range g.order {
		if h.group == nil || h.group.identifier == "" {
			continue
		}
		if owner := owners[h.group.identifier]; owner != nil {
			owner.take(h.group.chart, h.group.remarks)
			owner.references = append(owner.references, h.group.references...)
			h.group.chart = &fhir.Chart{Source: h.group.chart.Source}
		}
	}
}

// finish adds the shared resources that a group refers to, and settles whom it is about.
func (g *groups) finish(of *group) (*fhir.Chart, error) {
	c := of.chart
	seen := map[fhir.Resource]bool{}
	for queue := of.references; len(queue) > 0; queue = queue[1:] {
		line, ok := g.find(queue[0])
		if !ok || seen[line.resource] {
			continue
		}
		seen[line.resource] = true
		c.Resources = append(c.Resources, line.resource)
		of.takeIssues(line.issues, line.remarks)
		queue = append(queue, line.references...)
	}
	if c.Received() > g.entries {
		return refused(c.Source, codeTooCostly, "more than "+strconv.Itoa(g.entries)+" entries about one patient")
	}
	if err := onePatient(c); err != nil {
		return &fhir.Chart{Source: c.Source}, err
	}
	of.remarks.close(c)
	return c, nil
}

// find finds a shared resource by a reference or canonical.
func (g *groups) find(reference string) (sharedLine, bool) {
	if line, ok := g.shared[reference]; ok {
		return line, true
	}
	_, key := fhir.SplitReference(reference)
	line, ok := g.shared[key]
	return line, ok
}
