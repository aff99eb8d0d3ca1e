package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// The files in the folder are what the catalogue makes: run go generate ./profiles.
func TestGeneratedFilesAreUpToDate(t *testing.T) {
	files, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-catalogue +folder):\n%s", name, diff)
		}
	}
	present, err := filepath.Glob("../*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range present {
		if files[filepath.Base(name)] == nil {
			t.Errorf("%s is made from nothing", name)
		}
	}
}

// Every entry stands in the plan of its versions, once, under a code of the CodeSystem.
func TestPlansHoldTheCatalogue(t *testing.T) {
	codes := map[string]bool{}
	for _, c := range criteria(standpunt.All()).Concept {
		codes[c.Code] = true
	}
	for _, v := range standpunt.Versions() {
		entries := 0
		for _, chapter := range plan(v, standpunt.All()).Action {
			for _, a := range chapter.Action {
				entries++
				if code := a.Code[0].Coding[0]; code.System != criterionSystem || !codes[code.Code] {
					t.Errorf("%s: %+v is no criterion", v.ID, code)
				}
			}
		}
		if want := map[bool]int{true: 6, false: 194}[v.ID == standpunt.Concept2019]; entries != want {
			t.Errorf("%s: %d entries, want %d", v.ID, entries, want)
		}
	}
}
