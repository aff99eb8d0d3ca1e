package coverage

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"

	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/profiles"
)

// key is a code in a system, by the name that our ValueSets have for it.
type key struct{ system, code string }

// tree is a code that counts with every code that begins with it.
type tree struct {
	code       string // as listed: "G57.1"
	concept    terminology.Concept
	unverified bool
}

// listing is what our ValueSets hold, to tell by which rule a code means what it means.
type listing struct {
	exact      map[key]bool
	unverified map[key][]terminology.Concept
	trees      map[string][]tree
	samples    map[string]string // a verified code of each system
	forms      map[string]bool   // codes of our own forms
	verified   map[string][]Verified
}

// valueSet holds the elements of a ValueSet that list codes.
type valueSet struct {
	ID      string `json:"id"`
	Compose struct {
		Include []struct {
			System    string      `json:"system"`
			Extension []extension `json:"extension"`
			Concept   []struct {
				Code      string      `json:"code"`
				Display   string      `json:"display"`
				Extension []extension `json:"extension"`
			} `json:"concept"`
			Filter []struct {
				Value string `json:"value"`
			} `json:"filter"`
		} `json:"include"`
	} `json:"compose"`
}

type extension struct {
	URL   string `json:"url"`
	Value bool   `json:"valueBoolean"`
}

func isUnverified(all []extension) bool {
	for _, x := range all {
		if x.URL == profiles.CodeUnverified && x.Value {
			return true
		}
	}
	return false
}

// listed is read once. The embedded files are part of the program: faulty ones panic.
var listed = sync.OnceValue(func() *listing {
	l := &listing{exact: map[key]bool{}, unverified: map[key][]terminology.Concept{}, trees: map[string][]tree{}, samples: map[string]string{}, forms: map[string]bool{}, verified: map[string][]Verified{}}
	names, err := fs.Glob(profiles.FS, "terminology/ValueSet-*.json")
	for _, name := range names {
		var content []byte
		if content, err = profiles.FS.ReadFile(name); err != nil {
			break
		}
		var set valueSet
		if err = json.Unmarshal(content, &set); err != nil {
			err = fmt.Errorf("%s: %w", name, err)
			break
		}
		l.add(&set)
	}
	if err == nil {
		err = l.readForms()
	}
	if err != nil {
		panic("profiles: " + err.Error())
	}
	return l
})

// readForms reads the codes of our own forms, which mean what they say.
func (l *listing) readForms() error {
	content, err := profiles.FS.ReadFile("terminology/CodeSystem-intake.json")
	if err != nil {
		return err
	}
	var system struct {
		Concept []struct {
			Code string `json:"code"`
		} `json:"concept"`
	}
	if err := json.Unmarshal(content, &system); err != nil {
		return err
	}
	for _, c := range system.Concept {
		l.forms[c.Code] = true
	}
	return nil
}

func (l *listing) add(set *valueSet) {
	concept := terminology.Concept(set.ID)
	for _, in := range set.Compose.Include {
		for _, c := range in.Concept {
			k := key{in.System, c.Code}
			if isUnverified(c.Extension) {
				l.unverified[k] = append(l.unverified[k], concept)
				continue
			}
			l.exact[k] = true
			l.samples[in.System] = c.Code
			l.verified[in.System] = append(l.verified[in.System], Verified{concept, c.Code, c.Display})
		}
		for _, f := range in.Filter {
			unverified := isUnverified(in.Extension)
			l.trees[in.System] = append(l.trees[in.System], tree{f.Value, concept, unverified})
			if !unverified {
				l.samples[in.System] = f.Value
			}
		}
	}
}

// system is the name that our ValueSets have for a system; itself when they have none.
// Whether two names are of one system the terminology tells: it knows the codes by both.
func (l *listing) system(name string) string {
	if _, ours := l.samples[name]; ours {
		return name
	}
	for ours, code := range l.samples {
		if len(terminology.Embedded().Concepts(name, code)) > 0 {
			return ours
		}
	}
	return name
}

// above is the nearest tree that a code is in; empty when it is in none.
func (l *listing) above(k key, unverified bool) (code string, concepts []terminology.Concept) {
	for _, t := range l.trees[k.system] {
		if t.unverified != unverified || len(t.code) < len(code) || !strings.HasPrefix(bare(k.code), bare(t.code)) {
			continue
		}
		if t.code != code {
			code, concepts = t.code, nil
		}
		concepts = append(concepts, t.concept)
	}
	return code, concepts
}

// bare is a code without the dot of ICD-10, in capitals.
func bare(code string) string { return strings.ToUpper(strings.ReplaceAll(code, ".", "")) }
