package intake

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// document is the part of a document that says where resources are.
type document struct {
	ResourceType string         `json:"resourceType"`
	Entry        jsontext.Value `json:"entry"`
	Parameter    jsontext.Value `json:"parameter"`
	Identifier   jsontext.Value `json:"identifier"`
}

type entry struct {
	FullURL  string         `json:"fullUrl,omitzero"`
	Resource jsontext.Value `json:"resource,omitzero"`
}

type parameter struct {
	Resource jsontext.Value `json:"resource"`
	Part     jsontext.Value `json:"part"`
}

// read reads a value as far as its members have the types they should have: what is wrong
// with it, the strict reader tells.
func read[T any](value jsontext.Value) (v T) {
	_ = json.Unmarshal(value, &v, jsontext.AllowDuplicateNames(true))
	return v
}

// list reads the elements of an array, each by itself.
func list[T any](array jsontext.Value) []T {
	var out []T
	for _, value := range read[[]jsontext.Value](array) {
		out = append(out, read[T](value))
	}
	return out
}

// locate finds every resource of a document by its place, as package decode names places.
func locate(body []byte) map[string]jsontext.Value {
	found := map[string]jsontext.Value{}
	locateIn(read[document](body).ResourceType, body, found)
	return found
}

// locateIn finds the resources in one that is at a place.
func locateIn(at string, resource jsontext.Value, found map[string]jsontext.Value) {
	d := read[document](resource)
	switch d.ResourceType {
	case "Bundle":
		for n, e := range list[entry](d.Entry) {
			if len(e.Resource) > 0 {
				locateIn(fmt.Sprintf("%s.entry[%d].resource", at, n), e.Resource, found)
			}
		}
	case "Parameters":
		locateParameters(at+".parameter", list[parameter](d.Parameter), found)
	default:
		found[at] = resource
	}
}

func locateParameters(at string, parameters []parameter, found map[string]jsontext.Value) {
	for n, p := range parameters {
		here := fmt.Sprintf("%s[%d]", at, n)
		if len(p.Resource) > 0 {
			locateIn(here+".resource", p.Resource, found)
		}
		locateParameters(here+".part", list[parameter](p.Part), found)
	}
}

// holder is the start of a path up to the last entry or parameter that holds a resource.
var holder = regexp.MustCompile(`^(?:Bundle|Parameters)(?:\.resource|\.entry\[\d+\]|\.parameter\[\d+\]|\.part\[\d+\])*`)

// resourcePlace is the place of the resource, or of the entry without one, that a path of a
// fate leads into.
func resourcePlace(path string) string {
	at := holder.FindString(path)
	if at == "" { // one resource that is the document
		at, _, _ = strings.Cut(path, ".")
	}
	return at
}

// within puts a path that starts at a resource's type after the place of the resource.
func within(at, path string) string {
	if _, rest, found := strings.Cut(path, "."); found {
		return at + "." + rest
	}
	return at
}

// identifierOf is Bundle.identifier as "system|value"; empty when there is none.
func identifierOf(body []byte) string {
	d := read[document](body)
	i := read[identifier](d.Identifier)
	if d.ResourceType != "Bundle" || i.Value == "" {
		return ""
	}
	return i.key()
}
