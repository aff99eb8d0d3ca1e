package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
)

type valueSet struct {
	ResourceType string   `json:"resourceType"`
	ID           string   `json:"id"`
	URL          string   `json:"url"`
	Version      string   `json:"version"`
	Name         string   `json:"name"`
	Title        string   `json:"title"`
	Status       string   `json:"status"`
	Experimental bool     `json:"experimental"`
	Publisher    string   `json:"publisher"`
	Description  string   `json:"description"`
	Compose      *compose `json:"compose,omitempty"`
}

type compose struct {
	Include []include `json:"include"`
}

type include struct {
	Extension []extension `json:"extension,omitempty"`
	System    string      `json:"system"`
	Concept   []code      `json:"concept,omitempty"`
	Filter    []filter    `json:"filter,omitempty"`
}

type code struct {
	Extension []extension `json:"extension"`
	Code      string      `json:"code"`
	Display   string      `json:"display"`
}

type filter struct {
	Property string `json:"property"`
	Op       string `json:"op"`
	Value    string `json:"value"`
}

type extension struct {
	URL          string `json:"url"`
	ValueString  string `json:"valueString,omitempty"`
	ValueBoolean bool   `json:"valueBoolean,omitempty"`
}

const version = "1.0.0"

// valueSets makes a ValueSet of every concept, in the order of the table.
// Exact codes stand together per system; a tree is an include of its own with
// an is-a filter, which for ATC and ICD-10 means: every code that begins so.
func valueSets(concepts, codes []map[string]string) ([]*valueSet, error) {
	byID := make(map[string]*valueSet)
	var sets []*valueSet
	for _, row := range concepts {
		id := row["concept"]
		if byID[id] != nil {
			return nil, fmt.Errorf("concepts.csv: %s stands twice", id)
		}
		set := &valueSet{
			ResourceType: "ValueSet", ID: id, URL: mapping.CanonicalBase + "/ValueSet/" + id, Version: version,
			Name: pascal(id), Title: row["title"], Status: "active", Publisher: "Pijnpoort", Description: row["description"],
		}
		byID[id] = set
		sets = append(sets, set)
	}
	verified := make(map[string]bool)
	for _, row := range codes {
		set := byID[row["concept"]]
		if set == nil {
			return nil, fmt.Errorf("source.csv: concept %s is not in concepts.csv", row["concept"])
		}
		if err := set.add(row); err != nil {
			return nil, err
		}
		verified[set.ID] = verified[set.ID] || row["status"] == "verified"
	}
	for _, set := range sets {
		if !verified[set.ID] {
			set.Description += " No verified code exists: a site maps its own."
		}
	}
	return sets, nil
}

func (s *valueSet) add(row map[string]string) error {
	extensions := []extension{{URL: profiles.CodeSource, ValueString: row["source"]}}
	switch row["status"] {
	case "verified":
	case "unverified":
		extensions = append(extensions, extension{URL: profiles.CodeUnverified, ValueBoolean: true})
	default:
		return fmt.Errorf("source.csv: %s %s: status is %q", row["concept"], row["code"], row["status"])
	}
	if row["note"] != "" {
		extensions = append(extensions, extension{URL: profiles.CodeNote, ValueString: row["note"]})
	}
	if s.Compose == nil {
		s.Compose = &compose{}
	}
	entry := code{Extension: extensions, Code: row["code"], Display: row["display"]}
	includes := &s.Compose.Include
	switch row["rule"] {
	case "exact":
		i := slices.IndexFunc(*includes, func(in include) bool { return in.System == row["system"] && in.Filter == nil })
		if i < 0 {
			*includes = append(*includes, include{System: row["system"]})
			i = len(*includes) - 1
		}
		(*includes)[i].Concept = append((*includes)[i].Concept, entry)
	case "tree":
		*includes = append(*includes, include{
			Extension: append(extensions, extension{URL: profiles.CodeDisplay, ValueString: row["display"]}),
			System:    row["system"], Filter: []filter{{"concept", "is-a", row["code"]}},
		})
	default:
		return fmt.Errorf("source.csv: %s %s: rule is %q", row["concept"], row["code"], row["rule"])
	}
	return nil
}

// pascal turns dx-fbss into DxFbss.
func pascal(id string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(id, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// readme lists the concepts.
func readme(sets []*valueSet) []byte {
	var b bytes.Buffer
	b.WriteString(`# Terminology

One ValueSet per concept. The tables are ours to edit; ` + "`go generate ./profiles`" + ` makes the rest.

| file | holds |
|---|---|
| source.csv | concept, system, code, display, rule (exact, tree), status (verified, unverified), source, note |
| concepts.csv | concept, title, description |
| intake.csv | code of the intake forms, Dutch, English |

A code is *verified* when code and display were seen together in the source
named. Unverified codes are listed and never matched: a site that trusts one maps
it in its own folder. A *tree* covers every code that begins with it (ATC, ICD-10).
A code that is too broad, or that asks, denies or remembers instead of stating,
stands under a concept of its own whose name says so.

| concept | means | codes |
|---|---|---|
`)
	for _, set := range sets {
		count := 0
		if set.Compose != nil {
			for _, in := range set.Compose.Include {
				count += len(in.Concept) + len(in.Filter)
			}
		}
		fmt.Fprintf(&b, "| %s | %s. %s | %d |\n", set.ID, set.Title, set.Description, count)
	}
	return b.Bytes()
}
