package profilecheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
)

// guide is the folder of the StructureDefinitions.
const guide = "guide"

// Checker holds resources against profiles. It is safe for concurrent use.
type Checker struct {
	profiles map[string]*definition // by URL
	codes    map[string]codes       // by URL of the ValueSet
	// Depth is how deep a resource may be nested; zero is 64.
	Depth int
}

// New reads the profiles of a file system that is laid out as package profiles.
func New(from fs.FS) (*Checker, error) {
	c := &Checker{profiles: make(map[string]*definition)}
	list, err := load[definition](from, guide, "StructureDefinition")
	if err != nil {
		return nil, fmt.Errorf("profiles: %w", err)
	}
	for i := range list {
		d := &list[i]
		d.grow()
		c.profiles[d.URL] = d
	}
	if c.codes, err = loadCodes(from); err != nil {
		return nil, fmt.Errorf("profiles: %w", err)
	}
	return c, nil
}

// Profiles are the URLs of the profiles on a type, sorted.
func (c *Checker) Profiles(kind string) []string {
	var list []string
	for url, d := range c.profiles {
		if d.Type == kind {
			list = append(list, url)
		}
	}
	slices.Sort(list)
	return list
}

// Unchecked are the keys of invariants in the profiles that are not checked, sorted.
func (c *Checker) Unchecked() []string {
	var list []string
	for _, d := range c.profiles {
		for _, e := range d.Differential.Element {
			for _, constraint := range e.Constraint {
				if c.invariant(constraint.Key) == nil && !slices.Contains(list, constraint.Key) {
					list = append(list, constraint.Key)
				}
			}
		}
	}
	slices.Sort(list)
	return list
}

// most is how many issues are told.
const most = 200

// Check holds a resource, or a Bundle and what is in it, against the profiles that it
// claims; profile is one that it must have besides, if not empty. Issues name the path
// and hold no value. An error severity means that the resource does not conform.
func (c *Checker) Check(document []byte, profile string) []fhir.Issue {
	k := &check{Checker: c, entries: make(map[string]map[string]any)}
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil || decoder.More() {
		return []fhir.Issue{issue(fhir.SeverityError, "structure", "", "not one JSON value")}
	}
	resource, ok := value.(map[string]any)
	if !ok {
		return []fhir.Issue{issue(fhir.SeverityError, "structure", "", "not a JSON object")}
	}
	if kind(resource) == "Bundle" {
		k.bundle(resource, profile)
	} else {
		k.resource(resource, kind(resource), profile)
	}
	if len(k.issues) > most {
		rest := len(k.issues) - most
		k.issues = append(k.issues[:most], issue(fhir.SeverityInformation, "too-costly", "", fmt.Sprintf("%d more issues are not told", rest)))
	}
	return k.issues
}

// check is the work on one document.
type check struct {
	*Checker
	entries map[string]map[string]any // resources of the Bundle by fullUrl
	issues  []fhir.Issue
}

func issue(severity fhir.Severity, code, path, reason string) fhir.Issue {
	return fhir.Issue{Severity: severity, Code: code, Path: path, Reason: reason}
}

func (k *check) fault(code, path, reason string) {
	k.issues = append(k.issues, issue(fhir.SeverityError, code, path, reason))
}

// bundle checks a Bundle without its resources, then each of these.
func (k *check) bundle(bundle map[string]any, profile string) {
	entries, _ := bundle["entry"].([]any)
	shell := make([]any, len(entries))
	for i, e := range entries {
		entry, _ := e.(map[string]any)
		without := make(map[string]any, len(entry))
		for name, value := range entry {
			if name != "resource" {
				without[name] = value
			}
		}
		shell[i] = without
		resource, isObject := entry["resource"].(map[string]any)
		if url, ok := entry["fullUrl"].(string); ok && isObject {
			k.entries[url] = resource
		}
	}
	k.strictly(with(bundle, "entry", shell), "Bundle")
	k.profiled(bundle, "Bundle", profile)
	for i, e := range entries {
		entry, _ := e.(map[string]any)
		path := fmt.Sprintf("Bundle.entry[%d].resource", i)
		switch resource := entry["resource"].(type) {
		case map[string]any:
			k.resource(resource, path, "")
		case nil:
		default:
			k.fault("structure", path, "not a resource")
		}
	}
}

func with(object map[string]any, name string, value any) map[string]any {
	out := make(map[string]any, len(object))
	for n, v := range object {
		out[n] = v
	}
	if list, ok := value.([]any); ok && len(list) == 0 {
		delete(out, name)
	} else {
		out[name] = value
	}
	return out
}

// resource checks one resource.
func (k *check) resource(resource map[string]any, path, profile string) {
	k.strictly(resource, path)
	k.profiled(resource, path, profile)
}

// strictly has the strict reader say what every R4 resource must be.
func (k *check) strictly(resource map[string]any, path string) {
	document, err := json.Marshal(resource)
	if err != nil {
		k.fault("structure", path, "cannot be written as JSON")
		return
	}
	depth := k.Depth
	if depth == 0 {
		depth = 64
	}
	for _, i := range encode.Check(document, depth) {
		if _, below, found := strings.Cut(i.Path, "."); found {
			i.Path = path + "." + below
		} else {
			i.Path = path
		}
		k.issues = append(k.issues, i)
	}
}

// profiled holds a resource against the profiles it claims.
func (k *check) profiled(resource map[string]any, path, profile string) {
	claimed := claims(resource)
	if profile != "" && !slices.Contains(claimed, profile) {
		claimed = append(claimed, profile)
	}
	known := false
	for _, canonical := range claimed {
		url, version, _ := strings.Cut(canonical, "|")
		d := k.profiles[url]
		switch {
		case d == nil && canonical == profile:
			k.fault("not-found", path+".meta.profile", "there is no profile with the URL asked for")
		case d == nil:
		case d.Type != kind(resource):
			k.fault("invalid", path+".meta.profile", "claims a profile of another type: "+d.URL)
		case version != "" && version != d.Version:
			k.fault("invalid", path+".meta.profile", "claims another version of the profile than "+d.Version)
		default:
			known = true
			k.node(d.root, resource, resource, path)
		}
	}
	if !known {
		k.issues = append(k.issues, issue(fhir.SeverityWarning, "incomplete", path+".meta.profile", "claims no profile that is known here: held against R4 only"))
	}
}

func kind(resource map[string]any) string {
	name, _ := resource["resourceType"].(string)
	return name
}

// claims are meta.profile.
func claims(resource map[string]any) []string {
	meta, _ := resource["meta"].(map[string]any)
	list, _ := meta["profile"].([]any)
	var out []string
	for _, p := range list {
		if s, ok := p.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
