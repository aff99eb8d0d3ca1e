package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestREADMECommandsWork runs the commands that the README shows, from the root as its
// reader would.
func TestREADMECommandsWork(t *testing.T) {
	t.Chdir("../..")
	data := t.TempDir()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		for line := range strings.Lines(block[1]) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
			call, input, piped := strings.Cut(line, " < ")
			arguments := strings.Fields(call)
			if len(arguments) == 0 || arguments[0] != "pijnpoort" {
				continue
			}
			t.Run(line, func(t *testing.T) {
				m := Main{Args: arguments[1:], Stdout: &strings.Builder{}, Stderr: &strings.Builder{}, Environ: []string{"PIJNPOORT_DATA=" + data}}
				if piped {
					file, err := os.Open(input)
					if err != nil {
						t.Fatal(err)
					}
					defer file.Close()
					m.Stdin = file
				}
				if status := m.Run(t.Context()); status != answered {
					t.Errorf("exit status %d: %s", status, m.Stderr)
				}
			})
			ran++
		}
	}
	if ran < 10 {
		t.Errorf("only %d commands were found", ran)
	}
}

// TestREADMESettingsAreRead reads the settings that the README shows.
func TestREADMESettingsAreRead(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(readme)
	if shown == nil {
		t.Fatal("the README shows no settings")
	}
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{"pijnpoort.yaml": string(shown[1]), "proms.yaml": "", "standpunt.txt": ""} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("codes", 0o700); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := run(t, "explain", "incl-age-18", "--config=pijnpoort.yaml"); status == wrongUsage {
		t.Errorf("status %d: %s", status, stderr)
	}
}
