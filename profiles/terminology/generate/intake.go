package main

import (
	"fmt"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
)

type codeSystem struct {
	ResourceType  string         `json:"resourceType"`
	ID            string         `json:"id"`
	Language      string         `json:"language"`
	URL           string         `json:"url"`
	Version       string         `json:"version"`
	Name          string         `json:"name"`
	Title         string         `json:"title"`
	Status        string         `json:"status"`
	Experimental  bool           `json:"experimental"`
	Publisher     string         `json:"publisher"`
	Description   string         `json:"description"`
	CaseSensitive bool           `json:"caseSensitive"`
	Content       string         `json:"content"`
	Count         int            `json:"count"`
	Concept       []intakeAnswer `json:"concept"`
}

type intakeAnswer struct {
	Code        string        `json:"code"`
	Display     string        `json:"display"`
	Designation []designation `json:"designation"`
}

type designation struct {
	Language string `json:"language"`
	Value    string `json:"value"`
}

// rejected is what a co-analgesic carries when it was not given for a reason.
const rejected = ":rejected-with-reason"

// intakeCodes are the codes that answers to the forms may have, in the order of
// mapping.Definitions.
func intakeCodes() []string {
	var codes []string
	add := func(code string) {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	for _, definition := range mapping.Definitions {
		for _, code := range definition.Codes {
			add(code)
			if definition.ID == "coanalgesic" {
				add(code + rejected)
			}
		}
	}
	return codes
}

// intakeCodeSystem is the CodeSystem of the forms. Every code needs a display,
// and every display a code.
func intakeCodeSystem(displays []map[string]string) (*codeSystem, error) {
	byCode := make(map[string]map[string]string, len(displays))
	for _, row := range displays {
		byCode[row["code"]] = row
	}
	system := &codeSystem{
		ResourceType: "CodeSystem", ID: "intake", Language: "nl", URL: mapping.IntakeSystem, Version: version,
		Name: "Intake", Title: "Antwoorden op de formulieren", Status: "active", Publisher: "Pijnpoort",
		Description:   "Codes van de antwoorden op de formulieren van Pijnpoort, en van beroepen waarvoor geen landelijke code is vastgesteld.",
		CaseSensitive: true, Content: "complete",
	}
	for _, code := range intakeCodes() {
		row := byCode[code]
		if row == nil || row["nl"] == "" || row["en"] == "" {
			return nil, fmt.Errorf("intake.csv: %s has no display", code)
		}
		delete(byCode, code)
		system.Concept = append(system.Concept, intakeAnswer{Code: code, Display: row["nl"], Designation: []designation{{"en", row["en"]}}})
	}
	for code := range byCode {
		return nil, fmt.Errorf("intake.csv: %s is not a code of the forms", code)
	}
	system.Count = len(system.Concept)
	return system, nil
}
