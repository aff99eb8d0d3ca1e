package intake

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
)

//go:embed texts.csv
var textsCSV []byte

// wording is how a fact is called and how it is asked for.
type wording struct{ label, question encode.Text }

// wordings is texts.csv, by the id of a fact without its indication.
var wordings = sync.OnceValue(func() map[string]wording {
	rows, err := csv.NewReader(bytes.NewReader(textsCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("intake: texts.csv: %v", err))
	}
	list := make(map[string]wording, len(rows))
	for _, row := range rows[1:] {
		list[row[0]] = wording{both(row[1], row[2]), both(row[3], row[4])}
	}
	return list
})

func both(nl, en string) encode.Text { return encode.Text{"nl": nl, "en": en} }

// displays are the names of the codes of CodeSystem/intake.
var displays = sync.OnceValue(func() map[string]encode.Text {
	document, err := profiles.FS.ReadFile("terminology/CodeSystem-intake.json")
	if err != nil {
		panic(fmt.Sprintf("intake: %v", err))
	}
	var system struct {
		Concept []struct {
			Code, Display string
			Designation   []struct{ Language, Value string }
		}
	}
	if err := json.Unmarshal(document, &system); err != nil {
		panic(fmt.Sprintf("intake: CodeSystem/intake: %v", err))
	}
	list := make(map[string]encode.Text, len(system.Concept))
	for _, c := range system.Concept {
		list[c.Code] = encode.Text{"nl": c.Display}
		for _, d := range c.Designation {
			list[c.Code][d.Language] = d.Value
		}
	}
	return list
})

// Label is the short name of a fact in a language, "nl" or "en" (any other is
// Dutch): "BMI". A fact that several indications ask names its own:
// "Waar de pijn overheerst (FBSS)". An id without name is its own label.
func Label(linkID, lang string) string {
	definition, id, end := mapping.DefinitionOf(linkID)
	name, indication := id, ""
	if definition == nil {
		name = linkID
	} else if definition.For != nil {
		indication, name, _ = strings.Cut(id, ".")
	}
	words, ok := wordings()[name]
	if !ok {
		return linkID
	}
	label := in(words.label, lang)
	if definition != nil && len(definition.For) > 1 {
		label += " (" + in(wordings()[indication].label, lang) + ")"
	}
	if end != "" {
		label += " (" + in(ends[end], lang) + ")"
	}
	return label
}

// Display is the name of a code of CodeSystem/intake in a language; a code without
// name is its own.
func Display(code, lang string) string {
	if text := in(displays()[code], lang); text != "" {
		return text
	}
	return code
}

// ends are the two ends of an interval.
var ends = map[string]encode.Text{"min": both("ten minste", "at least"), "max": both("ten hoogste", "at most")}

func in(text encode.Text, lang string) string {
	if lang == "en" {
		return text["en"]
	}
	return text["nl"]
}

// question is what a clinician reads at the item of a fact.
func question(linkID string) encode.Text {
	definition, id, end := mapping.DefinitionOf(linkID)
	name := id
	if definition != nil && definition.For != nil {
		_, name, _ = strings.Cut(id, ".")
	}
	if end == "" {
		return wordings()[name].question
	}
	label := wordings()[name].label
	return both(label["nl"]+", "+ends[end]["nl"], label["en"]+", "+ends[end]["en"])
}

// options are the answers to a coded item.
func options(definition *mapping.Definition, linkID string) []encode.Option {
	var list []encode.Option
	add := func(code string) {
		list = append(list, encode.Option{System: mapping.IntakeSystem, Code: code, Display: displays()[code]})
	}
	for _, code := range definition.Codes {
		if only := narrowed[linkID]; only != nil && !slices.Contains(only, code) {
			continue
		}
		add(code)
		if definition.ID == "coanalgesic" {
			add(code + ":rejected-with-reason")
		}
	}
	return list
}

// narrowed are the answers that make sense to an indication, where others have
// answers of their own to the same question.
var narrowed = map[string][]string{
	"fbss.predominant": {"leg", "back", "equal"},
	"fnss.predominant": {"arm", "neck", "equal"},
	"crps.predominant": {"lower-limb", "upper-limb", "equal"},
}
