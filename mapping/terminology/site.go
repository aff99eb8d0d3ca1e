package terminology

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// Site is what a site adds to the terminology, or takes from it.
type Site struct {
	mappings []mapping
}

// Load reads a site's folder: *.csv, and FHIR ValueSets and ConceptMaps in *.json,
// in alphabetical order; later lines win.
//
// A CSV file has a header with the columns system, code and concept, and may have
// equivalence; others are left alone. It may be separated by commas or semicolons.
// A line without system maps a text, whatever its case. Instead of a concept it may name
// a code of a system we know, as "http://www.whocc.no/atc|N02AA05": a table from the
// G-Standaard to ATC, of which there is none in public, comes in that way. The concept "none" takes
// every meaning from a code before the site's other lines for it count.
//
// A ValueSet adds its codes to the concept its url or id names; a ConceptMap maps to
// targets that are concepts, or codes where group.target is a system we know. Of the equivalences
// (https://hl7.org/fhir/R4/valueset-concept-map-equivalence.html) equal, equivalent,
// wider and subsumes let a code count as the concept, unmatched and disjoint take it
// away; the others leave open whether it does, and are refused.
//
// The error joins all that is wrong, each with file, place and reason.
func Load(dir string) (*Site, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("terminology of the site: %w", err)
	}
	site := &Site{}
	var faults []error
	for _, file := range files {
		name := file.Name()
		read := map[string]func(content []byte) ([]mapping, []error){".csv": readCSV, ".json": readJSON}[strings.ToLower(filepath.Ext(name))]
		if read == nil || file.IsDir() {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			faults = append(faults, err)
			continue
		}
		mappings, wrong := read(content)
		for _, fault := range wrong {
			faults = append(faults, fmt.Errorf("%s: %w", name, fault))
		}
		site.mappings = append(site.mappings, mappings...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	// What takes away comes first, so that it takes ours and not the site's own.
	slices.SortStableFunc(site.mappings, func(a, b mapping) int { return a.rank() - b.rank() })
	return site, nil
}

func (m mapping) rank() int {
	switch {
	case m.concept == None:
		return 0
	case m.away:
		return 1
	}
	return 2
}

// takes says whether a code of an equivalence counts as the concept.
var takes = map[string]bool{"": true, "equal": true, "equivalent": true, "wider": true, "subsumes": true, "unmatched": false, "disjoint": false}

// newMapping checks one line.
func newMapping(system, code string, concept Concept, equivalence string) (mapping, error) {
	take, ok := takes[equivalence]
	switch {
	case code == "":
		return mapping{}, errors.New("code is missing")
	case concept == "":
		return mapping{}, errors.New("concept is missing")
	case concept != None && !Embedded().Known(concept):
		return mapping{}, fmt.Errorf("there is no concept %q", concept)
	case !ok:
		return mapping{}, fmt.Errorf("equivalence %q leaves open whether the code counts as the concept", equivalence)
	case system != "" && hierarchical[canonicalSystem(system)] && packed(code) == 0:
		return mapping{}, errors.New("no code of this system")
	}
	return mapping{system: system, code: code, concept: concept, away: !take}, nil
}

// conceptMap holds the elements of a ConceptMap (https://hl7.org/fhir/R4/conceptmap.html) that map.
type conceptMap struct {
	Group []struct {
		Source  string `json:"source"`
		Target  string `json:"target"`
		Element []struct {
			Code   string `json:"code"`
			Target []struct {
				Code        string `json:"code"`
				Equivalence string `json:"equivalence"`
			} `json:"target"`
		} `json:"element"`
	} `json:"group"`
}

// readJSON reads a ValueSet or a ConceptMap.
func readJSON(content []byte) ([]mapping, []error) {
	var set valueSet
	if err := json.Unmarshal(content, &set); err != nil {
		return nil, []error{err}
	}
	switch set.ResourceType {
	case "ValueSet":
		return set.mappings()
	case "ConceptMap":
		var m conceptMap
		if err := json.Unmarshal(content, &m); err != nil {
			return nil, []error{err}
		}
		return m.mappings()
	}
	return nil, []error{errors.New("resourceType: neither ValueSet nor ConceptMap")}
}

func (v *valueSet) mappings() (mappings []mapping, faults []error) {
	concept := conceptOfURL(v.URL)
	if !Embedded().Known(concept) {
		concept = Concept(v.ID)
	}
	entries, err := v.entries(concept)
	if err != nil {
		return nil, []error{err}
	}
	for _, e := range entries {
		if e.tree {
			return nil, []error{errors.New("compose.include.filter: list the codes")}
		}
		m, err := newMapping(e.system, e.code, e.concept, "")
		if err != nil {
			return nil, []error{err}
		}
		mappings = append(mappings, m)
	}
	return mappings, nil
}

func (c *conceptMap) mappings() (mappings []mapping, faults []error) {
	for i, group := range c.Group {
		if group.Source == "" {
			faults = append(faults, fmt.Errorf("group[%d]: source is missing", i))
			continue
		}
		for j, element := range group.Element {
			for k, target := range element.Target {
				to := target.Code
				switch {
				case to == "" && target.Equivalence == "unmatched":
					to = string(None)
				case Embedded().systems[canonicalSystem(group.Target)] != nil:
					to = group.Target + "|" + to
				}
				m, err := newMappings(group.Source, element.Code, to, target.Equivalence)
				if err != nil {
					faults = append(faults, fmt.Errorf("group[%d].element[%d].target[%d]: %w", i, j, k, err))
					continue
				}
				mappings = append(mappings, m...)
			}
		}
	}
	return mappings, faults
}
