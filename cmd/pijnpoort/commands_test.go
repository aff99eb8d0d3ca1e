package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
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
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": status},
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
