package operations

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
)

// capabilityDate is when what capability says last changed.
const capabilityDate encode.Date = "2026-11-22"

// conformance holds the resources of package profiles by type, sorted by id.
type conformance map[string][]resource

// resource is one of them.
type resource struct {
	Type string `json:"resourceType"`
	ID   string `json:"id"`
	URL  string `json:"url"`

	document []byte
}

// embedded reads the resources of package profiles.
func embedded() (conformance, error) {
	byType := make(conformance)
	err := fs.WalkDir(profiles.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		document, err := fs.ReadFile(profiles.FS, name)
		if err != nil {
			return err
		}
		r := resource{document: document}
		if err := json.Unmarshal(document, &r); err != nil || r.Type == "" || r.ID == "" || r.URL == "" {
			return fmt.Errorf("profiles: %s is no resource with an id and url", name)
		}
		byType[r.Type] = append(byType[r.Type], r)
		return nil
	})
	for _, list := range byType {
		slices.SortFunc(list, func(a, b resource) int { return strings.Compare(a.ID, b.ID) })
	}
	return byType, err
}

func (c conformance) types() []string { return slices.Sorted(maps.Keys(c)) }

// read answers GET [type]/[id].
func (s *server) read(c *gin.Context, kind string) {
	if err := rest.Accept(c, fhirJSON, plainJSON); err != nil {
		s.fail(c, err)
		return
	}
	for _, r := range s.conformance[kind] {
		if r.ID == c.Param("id") {
			c.Data(http.StatusOK, fhirJSON, r.document)
			return
		}
	}
	s.fail(c, refuse(http.StatusNotFound, "not-found", "", "there is no "+kind+" with this id"))
}

// search answers GET [type], by url or of all.
func (s *server) search(c *gin.Context, kind string) {
	if err := rest.Accept(c, fhirJSON, plainJSON); err != nil {
		s.fail(c, err)
		return
	}
	query := c.Request.URL.Query()
	for name := range query {
		if name != "url" && !slices.Contains(presentation, name) {
			s.fail(c, refuse(http.StatusBadRequest, "not-supported", "", "the only search parameter is url"))
			return
		}
	}
	found := &encode.Bundle{Type: "searchset"}
	for _, r := range s.conformance[kind] {
		if slices.ContainsFunc(query["url"], func(url string) bool { return url != r.URL }) {
			continue
		}
		found.Entries = append(found.Entries, encode.Entry{FullURL: s.base() + "/" + kind + "/" + r.ID, Resource: encode.Document(r.document)})
	}
	document, err := encode.JSON(found)
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Data(http.StatusOK, fhirJSON, document)
}

func (s *server) base() string { return s.PublicBase + root }

// measureOperations are those on Measures of what is registered
// (http://hl7.org/fhir/R4/measure-operations.html).
var measureOperations = []encode.ServedOperation{
	{Name: "evaluate-measure", Definition: "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure", Documentation: "Computes a measure of the annual report over what is registered."},
	{Name: "submit-data", Definition: "http://hl7.org/fhir/OperationDefinition/Measure-submit-data", Documentation: "Takes data in, as POST does."},
}

// capability says what is served, no more and no less.
func (s *server) capability() *encode.CapabilityStatement {
	statement := &encode.CapabilityStatement{
		ID: "pijnpoort", Name: "Pijnpoort", Title: "Pijnpoort", Date: capabilityDate,
		Description: s.Installation, Base: s.base(),
		Operations: []encode.ServedOperation{
			{Name: "score", Definition: mapping.CanonicalBase + "/OperationDefinition/score", Documentation: "Scores outcome questionnaires."},
			{Name: "advise", Definition: mapping.CanonicalBase + "/OperationDefinition/advise", Documentation: "Judges a patient by the standpunt."},
		},
	}
	validate := encode.ServedOperation{Name: "validate", Definition: validateDefinition, Documentation: "Holds a resource or Bundle against the profiles that it claims."}
	statement.Operations = append(statement.Operations, validate)
	bundles := encode.ServedResource{Type: checked, Operations: []encode.ServedOperation{validate}}
	if s.Registry {
		bundles.Interactions = []string{"create"}
	}
	statement.Resources = append(statement.Resources, bundles)
	if s.Normalising != nil {
		statement.Operations = append(statement.Operations, encode.ServedOperation{
			Name: "normalise", Definition: mapping.CanonicalBase + "/OperationDefinition/normalise", Documentation: "Makes the bundle that a quality registry gets of a patient.",
		})
	}
	for _, kind := range s.conformance.types() {
		served := encode.ServedResource{Type: kind, Interactions: []string{"read", "search-type"}, URISearch: []string{"url"}}
		if kind == "Measure" && s.Registry {
			served.Operations = measureOperations
		}
		statement.Resources = append(statement.Resources, served)
	}
	return statement
}
