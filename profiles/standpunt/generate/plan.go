package main

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

type planDefinition struct {
	ResourceType    string      `json:"resourceType"`
	ID              string      `json:"id"`
	Language        string      `json:"language"`
	URL             string      `json:"url"`
	Version         string      `json:"version"`
	Name            string      `json:"name"`
	Title           string      `json:"title"`
	TitleEnglish    *translated `json:"_title"`
	Type            concept     `json:"type"`
	Status          string      `json:"status"`
	Experimental    bool        `json:"experimental"`
	Date            string      `json:"date"`
	Publisher       string      `json:"publisher"`
	Description     string      `json:"description"`
	Jurisdiction    []concept   `json:"jurisdiction"`
	EffectivePeriod *period     `json:"effectivePeriod,omitempty"`
	Action          []action    `json:"action"`
}

// action is a chapter of the document, or one entry of it.
type action struct {
	Prefix        string      `json:"prefix,omitempty"`
	Title         string      `json:"title"`
	TitleEnglish  *translated `json:"_title"`
	Description   string      `json:"description,omitempty"`
	Code          []concept   `json:"code,omitempty"`
	Documentation []citation  `json:"documentation,omitempty"`
	Condition     []condition `json:"condition,omitempty"`
	Action        []action    `json:"action,omitempty"`
}

type citation struct {
	Type     string `json:"type"`
	Label    string `json:"label,omitempty"`
	Citation string `json:"citation"`
}

type condition struct {
	Kind       string     `json:"kind"`
	Expression expression `json:"expression"`
}

type expression struct {
	Description string `json:"description"`
	Language    string `json:"language"`
	Expression  string `json:"expression"`
}

// standing is the publication status of a version by its id; active otherwise.
var standing = map[string]string{
	standpunt.Concept2019: "draft", // never in force
	standpunt.ZIN2019:     "retired",
	standpunt.NVA2020:     "retired",
}

// plan is a version of the standpunt: its entries by chapter. An entry's code is what a
// judgement names; its condition tells in words when it counts as met, and names the
// outcome that package validation gives it.
func plan(v standpunt.Version, entries []standpunt.Criterion) planDefinition {
	p := planDefinition{
		ResourceType: "PlanDefinition", ID: "standpunt-" + v.ID, Language: "nl",
		URL: mapping.CanonicalBase + "/PlanDefinition/standpunt-" + v.ID, Version: profiles.Version,
		Name:         "Standpunt" + strings.ToUpper(strings.ReplaceAll(v.ID, "-", "")),
		Title:        "Standpunt Neuromodulatie bij chronische pijn, " + v.ID,
		TitleEnglish: english("Standpunt on neuromodulation for chronic pain, " + v.ID),
		Type:         concept{[]coding{{"http://terminology.hl7.org/CodeSystem/plan-definition-type", "clinical-protocol"}}},
		Status:       standing[v.ID], Date: date, Publisher: "Pijnpoort",
		Description:  v.Status.NL,
		Jurisdiction: netherlands,
	}
	if p.Status == "" {
		p.Status = "active"
	}
	if v.InForce(v.From) {
		p.EffectivePeriod = &period{v.From, v.To}
	}
	for _, e := range entries {
		if slices.Contains(e.AppliesTo, standpunt.Concept2019) != (v.ID == standpunt.Concept2019) {
			continue
		}
		title := chapter(e.Source.Chapter)
		if n := len(p.Action); n == 0 || p.Action[n-1].Title != title.NL {
			p.Action = append(p.Action, action{Title: title.NL, TitleEnglish: english(title.EN)})
		}
		last := &p.Action[len(p.Action)-1]
		last.Action = append(last.Action, entry(e))
	}
	return p
}

// entry is one criterion.
func entry(e standpunt.Criterion) action {
	a := action{
		Title: e.Title.NL, TitleEnglish: english(e.Title.EN), Description: e.Text.NL,
		Code:          []concept{{[]coding{{criterionSystem, e.ID}}}},
		Documentation: []citation{{Type: "citation", Label: e.Source.Item, Citation: place(e.Source)}},
	}
	if e.Logic.Met.NL != "" {
		a.Condition = []condition{{"applicability", expression{e.Logic.Met.NL, "text/fhirpath", "%`" + e.ID + "` = 'met'"}}}
	}
	return a
}

// chapter gives the heading of a chapter.
func chapter(name string) standpunt.Text {
	switch {
	case name == "inleiding":
		return standpunt.Text{NL: "Inleiding", EN: "Introduction"}
	case name == "conceptstandpunt":
		return standpunt.Text{NL: "Conceptstandpunt", EN: "Concept of the standpunt"}
	case strings.HasPrefix(name, "bijlage "):
		return standpunt.Text{NL: "Bijlage " + name[len("bijlage "):], EN: "Annex " + name[len("bijlage "):]}
	}
	return standpunt.Text{NL: "Hoofdstuk " + name, EN: "Chapter " + name}
}

// place is where an entry stands, for a reader with the document.
func place(s standpunt.Source) string {
	parts := []string{s.Document, chapter(s.Chapter).NL}
	if s.Heading != chapter(s.Chapter).NL {
		parts = append(parts, s.Heading)
	}
	if s.Item != "" {
		parts = append(parts, s.Item)
	}
	return strings.Join(parts, ", ")
}
