// Command questionnaires writes the FHIR Questionnaires of the instruments, as
// their tables have them, and the CodeSystems of options, scores and rules.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pijnpoort/pijnpoort/mapping/prom"
)

func main() {
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "questionnaires:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	forms, err := prom.Forms()
	if err != nil {
		return err
	}
	for name, document := range forms {
		if err := os.WriteFile(filepath.Join(folder, name), document, 0o644); err != nil {
			return err
		}
	}
	return nil
}
