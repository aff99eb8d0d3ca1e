package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/config"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pijnpoort": main})
}

// TestCommands runs the scripts of test/commands: what a command is given and what
// it must answer, in one file each.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "../../test/commands",
		Setup: func(env *testscript.Env) error {
			patients, err := filepath.Abs("../../test/patients")
			env.Setenv("PATIENTS", patients)
			return err
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": status, "keep": keep},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}

// status is a command of the scripts: "status 2 pijnpoort advise" runs the rest and
// demands that exit status.
func status(ts *testscript.TestScript, _ bool, arguments []string) {
	want, err := strconv.Atoi(arguments[0])
	ts.Check(err)
	got := 0
	var exited *exec.ExitError
	if err := ts.Exec(arguments[1], arguments[2:]...); errors.As(err, &exited) {
		got = exited.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// keep is a command of the scripts: "keep FILE FOLDER" puts the cards that were sent, and
// what became of them, from lines of JSON into the store of a data folder.
func keep(ts *testscript.TestScript, _ bool, arguments []string) {
	settings := config.Default()
	settings.Data = ts.MkAbs(arguments[1])
	db, err := settings.Store(context.Background())
	ts.Check(err)
	defer db.Close()
	log := config.NewFeedbackInStore(db, 0, slog.New(slog.DiscardHandler))
	lines := json.NewDecoder(strings.NewReader(ts.ReadFile(arguments[0])))
	for lines.More() {
		var line struct {
			Issued   *cdshooks.Issued
			Feedback *cdshooks.Feedback
		}
		ts.Check(lines.Decode(&line))
		if line.Issued != nil {
			ts.Check(log.Issue(*line.Issued))
		} else {
			ts.Check(log.Add([]cdshooks.Feedback{*line.Feedback}))
		}
	}
	ts.Check(log.Close())
}
