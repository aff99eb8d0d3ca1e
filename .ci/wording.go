//go:build ignore

// Command wording compares the catalogue of the standpunt with the text of its
// documents: no Dutch wording may share a run of six words with them, and every
// passage must be found. It prints what it finds and exits with status 1 then.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// run is the number of words that may not be the same in a row.
const run = 6

// fixedTerms are names, which have no other wording; each counts as one word.
var fixedTerms = []string{
	"failed back surgery syndroom (fbss)",
	"failed neck surgery syndroom (fnss)",
	"Nederlandse Vereniging voor Anesthesiologie",
	"medicamenteus onbehandelbare chronische clusterhoofdpijn",
}

var files = map[string]string{
	standpunt.StandpuntNVA:   "standpunt.txt",
	standpunt.ConceptZIN2019: "conceptstandpunt-2019-06.txt",
}

func main() {
	folder := os.Args[1]
	copied := map[string]bool{}
	documents := map[string]*standpunt.Document{}
	for name, file := range files {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			fail(err)
		}
		for _, r := range runs(string(text)) {
			copied[r] = true
		}
		if documents[name], err = standpunt.ReadDocument(name, strings.NewReader(string(text))); err != nil {
			fail(err)
		}
	}

	faults := 0
	report := func(format string, args ...any) {
		faults++
		fmt.Printf("check-wording: "+format+"\n", args...)
	}
	compare := func(where string, texts ...standpunt.Text) {
		for _, text := range texts {
			for _, r := range runs(text.NL) {
				if copied[r] {
					report("%s: words of the document: %s", where, r)
				}
			}
		}
	}
	for _, c := range standpunt.All() {
		compare(c.ID, c.Title, c.Text, c.Note, c.Logic.Met, c.Logic.NotMet, c.Logic.Unknown, c.Logic.NotApplicable)
		if _, err := documents[c.Source.Document].Passage(c); err != nil {
			report("%v", err)
		}
	}
	for _, r := range standpunt.Readings() {
		compare(r.ID, r.Issue, r.Default.Text)
		for _, choice := range r.Alternatives {
			compare(r.ID, choice.Text)
		}
	}
	if faults > 0 {
		os.Exit(1)
	}
	fmt.Printf("check-wording: %d entries and %d readings in our own words; all passages found\n",
		len(standpunt.All()), len(standpunt.Readings()))
}

var word = regexp.MustCompile(`[\pL\pN]+`)

// runs gives every run of words in a text, without case and punctuation.
func runs(text string) []string {
	words := plain(text)
	for i, term := range fixedTerms {
		words = strings.ReplaceAll(words, plain(term), fmt.Sprintf(" term%d ", i))
	}
	list := strings.Fields(words)
	var all []string
	for i := 0; i+run <= len(list); i++ {
		all = append(all, strings.Join(list[i:i+run], " "))
	}
	return all
}

// plain gives the words of a text with one space before and after each.
func plain(text string) string {
	return " " + strings.Join(word.FindAllString(strings.ToLower(text), -1), " ") + " "
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "check-wording:", err)
	os.Exit(1)
}
