package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The files in the folder are what the tables make: run go generate ./profiles.
func TestGeneratedFilesAreUpToDate(t *testing.T) {
	files, err := resources("..")
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
			t.Errorf("%s (-tables +folder):\n%s", name, diff)
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
