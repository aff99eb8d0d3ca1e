package operations

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/operations/profilecheck"
	"github.com/pijnpoort/pijnpoort/profiles"
)

// checked is the type that can be validated at [type]/$validate too;
// the registry's own bundles are the reason that there is one.
const checked = "Bundle"

// validateDefinition is the definition of $validate, which is not ours.
const validateDefinition = "http://hl7.org/fhir/OperationDefinition/Resource-validate"

// checker holds what is sent against the profiles that are served.
func checker(depth int) (*profilecheck.Checker, error) {
	c, err := profilecheck.New(profiles.FS)
	if err == nil {
		c.Depth = depth
	}
	return c, err
}

// validate answers $validate (http://hl7.org/fhir/R4/resource-operation-validate.html): a
// resource, or a Bundle with all in it, held against R4 and the profiles that it claims.
// Whatever is found, the answer is an OperationOutcome and the status 200.
func (s *server) validate(c *gin.Context) {
	s.answer(c, []string{fhirJSON, plainJSON}, func(body []byte) ([]byte, error) {
		resource, profile, err := toValidate(c.Request.URL.Query(), body)
		if err != nil {
			return nil, err
		}
		issues := s.checker.Check(resource, profile)
		return encode.JSON(told(issues, "keeps to R4 and to the profiles that are claimed; whether codes of others exist was not checked"))
	})
}

// toValidate is the resource of a request, bare or in a Parameters, and the profile that is
// asked for.
func toValidate(query url.Values, body []byte) (resource []byte, profile string, err error) {
	for name, values := range query {
		switch {
		case name == "profile" && len(values) == 1:
			profile = values[0]
		case !slices.Contains(presentation, name):
			return nil, "", refuse(http.StatusBadRequest, "not-supported", "", "the only parameters are resource and profile")
		}
	}
	var document struct {
		ResourceType string `json:"resourceType"`
		Parameter    []struct {
			Name           string          `json:"name"`
			Resource       json.RawMessage `json:"resource"`
			ValueURI       string          `json:"valueUri"`
			ValueCanonical string          `json:"valueCanonical"`
		} `json:"parameter"`
	}
	if json.Unmarshal(body, &document) != nil || document.ResourceType != "Parameters" {
		return body, strings.TrimSpace(profile), nil
	}
	for _, p := range document.Parameter {
		switch {
		case p.Name == "resource" && resource == nil && p.Resource != nil:
			resource = p.Resource
		case p.Name == "profile" && profile == "":
			profile = p.ValueURI + p.ValueCanonical
		default:
			return nil, "", refuse(http.StatusBadRequest, "not-supported", "Parameters.parameter", "the only parameters are resource and profile, once each")
		}
	}
	if resource == nil {
		return nil, "", refuse(http.StatusBadRequest, "required", "Parameters.parameter", "a parameter resource is needed")
	}
	return resource, profile, nil
}
