package intake

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/profiles"
)

//go:embed texts.csv
var textsCSV []byte

// Text is a wording by language, "nl" and "en".
type Text = map[string]string

// wording is how a fact is called and how it is asked for.
type wording struct{ label, question Text }

// wordings is texts.csv, by the id of a fact: with the indication where the words
// differ between indications, else without.
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

func both(nl, en string) Text { return Text{"nl": nl, "en": en} }

// displays are the names of the codes of CodeSystem/intake.
var displays = sync.OnceValue(func() map[string]Text {
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
	list := make(map[string]Text, len(system.Concept))
	for _, c := range system.Concept {
		list[c.Code] = Text{"nl": c.Display}
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
	definition, _, end := mapping.DefinitionOf(linkID)
	words, ok := words(linkID)
	if !ok {
		return linkID
	}
	label := in(words.label, lang)
	if indication, _ := Split(linkID); definition != nil && len(definition.For) > 1 {
		label += " (" + in(wordings()[indication].label, lang) + ")"
	}
	if end != "" {
		label += " (" + in(ends[end], lang) + ")"
	}
	return label
}

// words are those of an item or group.
func words(linkID string) (wording, bool) {
	_, id, _ := mapping.DefinitionOf(linkID)
	if w, ok := wordings()[id]; ok {
		return w, true
	}
	_, name := Split(linkID)
	w, ok := wordings()[name]
	return w, ok
}

// Split takes the indication that asks a fact off its id.
func Split(linkID string) (indication, name string) {
	definition, id, _ := mapping.DefinitionOf(linkID)
	switch {
	case definition == nil:
		return "", linkID
	case definition.For == nil:
		return "", id
	}
	indication, name, _ = strings.Cut(id, ".")
	return indication, name
}

// Names is the name of a code of CodeSystem/intake in both languages.
func Names(code string) Text { return displays()[code] }

// Display is the name of a code of CodeSystem/intake in a language; a code without
// name is its own.
func Display(code, lang string) string {
	if name := in(displays()[code], lang); name != "" {
		return name
	}
	return code
}

// ends are the two ends of an interval.
var ends = map[string]Text{"min": both("ten minste", "at least"), "max": both("ten hoogste", "at most")}

func in(words Text, lang string) string {
	if lang == "en" {
		return words["en"]
	}
	return words["nl"]
}

// Question is what a clinician reads at an item or group.
func Question(linkID string) Text {
	words, _ := words(linkID)
	_, _, end := mapping.DefinitionOf(linkID)
	if end == "" {
		return words.question
	}
	label := words.label
	return both(label["nl"]+", "+ends[end]["nl"], label["en"]+", "+ends[end]["en"])
}
