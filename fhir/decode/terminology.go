package decode

import "github.com/pijnpoort/pijnpoort/fhir"

// aboutDefinition are the elements that say what a definition is for.
var aboutDefinition = []string{"identifier", "name", "title", "status", "experimental", "date", "publisher", "contact",
	"description", "useContext", "jurisdiction", "purpose", "copyright"}

var valueSets = resourceTable[fhir.ValueSet]([]element[fhir.ValueSet]{
	{name: "url", read: func(r *reader, v *fhir.ValueSet) { r.uri(&v.URL) }},
	{name: "version", read: func(r *reader, v *fhir.ValueSet) { r.string(&v.Version) }},
	{name: "compose", read: func(r *reader, v *fhir.ValueSet) { object(r, composes, &v.Compose) }},
}, ignored[fhir.ValueSet]("", aboutDefinition...), ignored[fhir.ValueSet]("", "immutable", "expansion"))

var composes = tableOf([]element[fhir.Compose]{
	{name: "include", read: func(r *reader, c *fhir.Compose) { many(r, includes, &c.Include) }},
}, ignored[fhir.Compose]("", "id", "extension", "lockedDate", "inactive", "exclude"))

var includes = tableOf([]element[fhir.Include]{
	{name: "system", read: func(r *reader, i *fhir.Include) {
		r.uri(&i.System)
		r.refers(i.System)
	}},
	{name: "concept", read: func(r *reader, i *fhir.Include) { many(r, &weightedConcepts, &i.Concept) }},
}, ignored[fhir.Include]("", "id", "extension", "version", "filter", "valueSet"))

var codeSystems = resourceTable[fhir.CodeSystem]([]element[fhir.CodeSystem]{
	{name: "url", read: func(r *reader, s *fhir.CodeSystem) { r.uri(&s.URL) }},
	{name: "version", read: func(r *reader, s *fhir.CodeSystem) { r.string(&s.Version) }},
	{name: "concept", read: func(r *reader, s *fhir.CodeSystem) { many(r, &weightedConcepts, &s.Concept) }},
}, ignored[fhir.CodeSystem]("", aboutDefinition...), ignored[fhir.CodeSystem]("", "caseSensitive", "valueSet", "hierarchyMeaning",
	"compositional", "versionNeeded", "content", "supplements", "count", "filter", "property"))

var weightedConcepts table[fhir.WeightedConcept]

func init() { // concepts hold concepts
	weightedConcepts.fill([]element[fhir.WeightedConcept]{
		{name: "extension", read: func(r *reader, c *fhir.WeightedConcept) { r.extensions(&c.Extension) }},
		{name: "code", read: func(r *reader, c *fhir.WeightedConcept) { r.code(&c.Code) }},
		{name: "concept", read: func(r *reader, c *fhir.WeightedConcept) { many(r, &weightedConcepts, &c.Concept) }},
	}, ignored[fhir.WeightedConcept]("", "id", "display", "definition", "designation", "property"))
}

// canonicalOf is the URL and version by which others name a definition; empty for
// what is none.
func canonicalOf(resource fhir.Resource) (url, version string) {
	switch r := resource.(type) {
	case *fhir.Questionnaire:
		return r.URL, r.Version
	case *fhir.ValueSet:
		return r.URL, r.Version
	case *fhir.CodeSystem:
		return r.URL, r.Version
	}
	return "", ""
}
