package operations

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// choice is a simple parameter of an operation. It comes in the URL, or in a body that
// is a Parameters (http://hl7.org/fhir/R4/operations.html).
type choice struct {
	// set takes the value in, and says whether it can be.
	set func(a *advice.Adviser, value string) bool
	// wants says what it can be.
	wants string
}

// adviseChoices are the simple parameters of $advise.
var adviseChoices = map[string]choice{
	"asOf": {func(a *advice.Adviser, value string) bool {
		day, err := mapping.ParseDay(value)
		a.AsOf = func() mapping.Day { return day }
		return err == nil
	}, "a day as YYYY-MM-DD"},
	"phase": {func(a *advice.Adviser, value string) bool {
		a.Judging.Phase = validation.Phase(value)
		return slices.Contains(validation.Phases, a.Judging.Phase)
	}, "a phase of care"},
	"standpunt": {func(a *advice.Adviser, value string) bool {
		a.Judging.Standpunt = value
		return slices.ContainsFunc(standpunt.Versions(), func(v standpunt.Version) bool { return v.ID == value })
	}, "a version of the standpunt"},
	"language": {func(a *advice.Adviser, value string) bool {
		a.Judging.Language = value
		return value == "nl" || value == "en"
	}, "nl or en"},
}

// presentation are the parameters that every request may have in its URL.
var presentation = []string{"_format", "_pretty"}

// simple gives the simple parameters of a request by name. Known are those an
// operation has; another one is refused, because leaving it out would answer another
// question than was asked.
func simple(query url.Values, body []byte, known map[string]choice) (map[string]string, error) {
	given := make(map[string]string)
	take := func(name, value string) error {
		_, twice := given[name]
		if _, ok := known[name]; !ok {
			return refuse(http.StatusBadRequest, "not-supported", "", "the operation has no simple parameter of this name: it has "+namesOf(known))
		}
		if twice || value == "" {
			return refuse(http.StatusBadRequest, "value", name, "must be given once, with a date, code or string as value")
		}
		given[name] = value
		return nil
	}
	for name, values := range query {
		if slices.Contains(presentation, name) {
			continue
		}
		if err := take(name, strings.Join(values, ",")); err != nil {
			return nil, err
		}
	}
	for _, p := range parametersOf(body) {
		if p.Resource != nil || p.Part != nil {
			continue
		}
		if err := take(p.Name, p.ValueDate+p.ValueCode+p.ValueString); err != nil {
			return nil, err
		}
	}
	return given, nil
}

// namesOf are the names of parameters in words.
func namesOf(known map[string]choice) string {
	if len(known) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(known)), ", ")
}

// parameter is Parameters.parameter.
type parameter struct {
	Name        string          `json:"name"`
	ValueDate   string          `json:"valueDate"`
	ValueCode   string          `json:"valueCode"`
	ValueString string          `json:"valueString"`
	Resource    json.RawMessage `json:"resource"`
	Part        json.RawMessage `json:"part"`
}

// parametersOf are those of a body that is a Parameters, none of any other body. That
// the body is well-formed is for decode to find out.
func parametersOf(body []byte) []parameter {
	if !bytes.Contains(body, []byte(`"Parameters"`)) {
		return nil
	}
	var document struct {
		ResourceType string      `json:"resourceType"`
		Parameter    []parameter `json:"parameter"`
	}
	if json.Unmarshal(body, &document) != nil || document.ResourceType != "Parameters" {
		return nil
	}
	return document.Parameter
}

// adviser is the site's adviser with what the caller chose.
func (s *server) adviser(given map[string]string) (*advice.Adviser, error) {
	chosen := *s.Adviser
	chosen.Changes = true
	for name, value := range given {
		if c := adviseChoices[name]; !c.set(&chosen, value) {
			return nil, refuse(http.StatusBadRequest, "value", name, "must be "+c.wants)
		}
	}
	return &chosen, nil
}
