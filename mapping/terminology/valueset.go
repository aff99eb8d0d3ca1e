package terminology

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/pijnpoort/pijnpoort/profiles"
)

// valueSet holds the elements of a ValueSet (https://hl7.org/fhir/R4/valueset.html)
// that say which codes it has.
type valueSet struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id"`
	URL          string `json:"url"`
	Title        string `json:"title"`
	Compose      struct {
		Include []struct {
			Extension []extension `json:"extension"`
			System    string      `json:"system"`
			Concept   []struct {
				Extension []extension `json:"extension"`
				Code      string      `json:"code"`
				Display   string      `json:"display"`
			} `json:"concept"`
			Filter []struct {
				Property string `json:"property"`
				Op       string `json:"op"`
				Value    string `json:"value"`
			} `json:"filter"`
			ValueSet []string `json:"valueSet"`
		} `json:"include"`
		Exclude []struct{} `json:"exclude"`
	} `json:"compose"`
}

type extension struct {
	URL          string `json:"url"`
	ValueString  string `json:"valueString"`
	ValueBoolean bool   `json:"valueBoolean"`
}

// readValueSets reads the ValueSets of a folder: their codes, and the title of each concept.
func readValueSets(files fs.FS, folder string) ([]entry, map[Concept]string, error) {
	names, err := fs.Glob(files, folder+"/ValueSet-*.json")
	if err != nil {
		return nil, nil, err
	}
	titles := make(map[Concept]string, len(names))
	entries := make([]entry, 0, 1024)
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, nil, err
		}
		var set valueSet
		if err := json.Unmarshal(content, &set); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		more, err := set.entries(Concept(set.ID))
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		titles[Concept(set.ID)] = set.Title
		entries = append(entries, more...)
	}
	return entries, titles, nil
}

// entries are the codes of the set as codes of the concept. It refuses what it
// cannot follow: other sets, exclusions, and filters other than is-a in a
// system whose codes show their place.
func (v *valueSet) entries(concept Concept) ([]entry, error) {
	if len(v.Compose.Exclude) > 0 {
		return nil, fmt.Errorf("compose.exclude is not supported")
	}
	var entries []entry
	for i, in := range v.Compose.Include {
		path := fmt.Sprintf("compose.include[%d]", i)
		system := canonicalSystem(in.System)
		switch {
		case in.System == "":
			return nil, fmt.Errorf("%s: system is missing", path)
		case len(in.ValueSet) > 0:
			return nil, fmt.Errorf("%s: valueSet is not supported", path)
		case len(in.Concept) == 0 && len(in.Filter) == 0:
			return nil, fmt.Errorf("%s: a whole system is no concept", path)
		case len(in.Filter) > 1:
			return nil, fmt.Errorf("%s: one filter at most", path)
		}
		for j, c := range in.Concept {
			if c.Code == "" || hierarchical[system] && packed(c.Code) == 0 {
				return nil, fmt.Errorf("%s.concept[%d]: no code of the system", path, j)
			}
			entries = append(entries, entry{concept: concept, system: system, code: c.Code, display: c.Display, unverified: isUnverified(c.Extension)})
		}
		for _, f := range in.Filter {
			if f.Property != "concept" || f.Op != "is-a" || !hierarchical[system] || packed(f.Value) == 0 {
				return nil, fmt.Errorf("%s.filter: only concept is-a, in ATC or ICD-10", path)
			}
			e := entry{concept: concept, system: system, code: f.Value, tree: true, unverified: isUnverified(in.Extension)}
			for _, x := range in.Extension {
				if x.URL == profiles.CodeDisplay {
					e.display = x.ValueString
				}
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

func isUnverified(extensions []extension) bool {
	for _, x := range extensions {
		if x.URL == profiles.CodeUnverified && x.ValueBoolean {
			return true
		}
	}
	return false
}

// conceptOfURL is the concept a canonical URL names: the last part of it, without version.
func conceptOfURL(url string) Concept {
	url, _, _ = strings.Cut(url, "|")
	return Concept(url[strings.LastIndexByte(url, '/')+1:])
}
