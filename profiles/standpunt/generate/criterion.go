package main

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// criterionSystem is the CodeSystem of the criteria: a code is the id of an entry.
const criterionSystem = mapping.CanonicalBase + "/CodeSystem/criterion"

type codeSystem struct {
	ResourceType  string      `json:"resourceType"`
	ID            string      `json:"id"`
	Language      string      `json:"language"`
	URL           string      `json:"url"`
	Version       string      `json:"version"`
	Name          string      `json:"name"`
	Title         string      `json:"title"`
	Status        string      `json:"status"`
	Experimental  bool        `json:"experimental"`
	Date          string      `json:"date"`
	Publisher     string      `json:"publisher"`
	Description   string      `json:"description"`
	Jurisdiction  []concept   `json:"jurisdiction"`
	CaseSensitive bool        `json:"caseSensitive"`
	Content       string      `json:"content"`
	Count         int         `json:"count"`
	Property      []property  `json:"property"`
	Concept       []criterion `json:"concept"`
}

type property struct {
	Code        string `json:"code"`
	Description string `json:"description"`
	Type        string `json:"type"`
}

type criterion struct {
	Code        string          `json:"code"`
	Display     string          `json:"display"`
	Definition  string          `json:"definition"`
	Designation []designation   `json:"designation"`
	Property    []propertyValue `json:"property"`
}

type designation struct {
	Language string `json:"language"`
	Value    string `json:"value"`
}

type propertyValue struct {
	Code        string `json:"code"`
	ValueString string `json:"valueString"`
}

// criteria is the catalogue as a CodeSystem.
func criteria(entries []standpunt.Criterion) codeSystem {
	system := codeSystem{
		ResourceType: "CodeSystem", ID: "criterion", Language: "nl", URL: criterionSystem, Version: profiles.Version,
		Name: "Criterion", Title: "Criteria van het standpunt", Status: "active", Date: date, Publisher: "Pijnpoort",
		Description:   "De onderdelen van het Standpunt Neuromodulatie bij chronische pijn, in eigen woorden, met hun plaats in het document.",
		Jurisdiction:  netherlands,
		CaseSensitive: true, Content: "complete", Count: len(entries),
		Property: []property{
			{"kind", "Wat voor onderdeel het is", "string"},
			{"phase", "De fase van zorg", "string"},
			{"place", "De plaats in het document", "string"},
		},
	}
	for _, e := range entries {
		system.Concept = append(system.Concept, criterion{
			Code: e.ID, Display: e.Title.NL, Definition: e.Text.NL,
			Designation: []designation{{"en", e.Title.EN}},
			Property:    []propertyValue{{"kind", string(e.Kind)}, {"phase", e.Phase}, {"place", place(e.Source)}},
		})
	}
	return system
}
