// Command generate writes the Questionnaires of the forms.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pijnpoort/pijnpoort/forms"
)

func main() {
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	forms, err := forms.Forms()
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
