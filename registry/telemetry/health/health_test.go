package health_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestFindingsComeInTheOrderOfTheChecks(t *testing.T) {
	say := func(level health.Level) health.Check {
		return health.Check{Name: "check " + string(level), Run: func(context.Context) (health.Level, string) { return level, "x" }}
	}
	got := health.Run(t.Context(), []health.Check{say(health.Warning), say(health.OK), say(health.Failed)})
	want := []health.Finding{{"check warning", health.Warning, "x"}, {"check ok", health.OK, "x"}, {"check failed", health.Failed, "x"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i, want := range []health.Level{health.OK, health.Warning, health.Warning, health.Failed} {
		if got := health.Worst(got[:i]); got != want {
			t.Errorf("of the first %d: %s", i, got)
		}
	}
}

func TestLevels(t *testing.T) {
	day := 24 * time.Hour
	expiry := func(left time.Duration) health.Level { l, _ := health.Expiry("x", now.Add(left), now); return l }
	skew := func(off time.Duration) health.Level { l, _ := health.Skew(now.Add(off), now); return l }
	age := func(waited time.Duration) health.Level {
		l, _ := health.Age(now.Add(-waited), now, time.Hour, day)
		return l
	}
	none := func(time.Duration) health.Level { l, _ := health.Age(time.Time{}, now, time.Hour, day); return l }
	for _, test := range []struct {
		name  string
		judge func(time.Duration) health.Level
		value time.Duration
		want  health.Level
	}{
		{"expiry", expiry, 31 * day, health.OK}, {"expiry", expiry, 29 * day, health.Warning}, {"expiry", expiry, 23 * time.Hour, health.Failed}, {"expiry", expiry, -time.Second, health.Failed},
		{"skew", skew, 9 * time.Second, health.OK}, {"skew", skew, -11 * time.Second, health.Warning}, {"skew", skew, 61 * time.Second, health.Failed},
		{"age", age, time.Minute, health.OK}, {"age", age, 2 * time.Hour, health.Warning}, {"age", age, 25 * time.Hour, health.Failed}, {"nothing", none, 0, health.OK},
	} {
		if got := test.judge(test.value); got != test.want {
			t.Errorf("%s of %s: %s", test.name, test.value, got)
		}
	}
}

func TestKeyFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "key")
	if level, _ := health.KeyFile(name, now); level != health.Failed {
		t.Errorf("not there: %s", level)
	}
	if err := os.WriteFile(name, []byte("x"), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, now, now); err != nil {
		t.Fatal(err)
	}
	if level, detail := health.KeyFile(name, now); level != health.OK {
		t.Errorf("%s: %s", level, detail)
	}
	if level, detail := health.KeyFile(name, now.AddDate(2, 0, 0)); level != health.Warning || !strings.Contains(detail, "731 days") {
		t.Errorf("%s: %s", level, detail)
	}
	if err := os.Chmod(name, 0o444); err != nil {
		t.Fatal(err)
	}
	if level, detail := health.KeyFile(name, now); level != health.Failed || !strings.Contains(detail, "0444") {
		t.Errorf("%s: %s", level, detail)
	}
}

func TestDisk(t *testing.T) {
	if level, detail := health.Disk(t.TempDir()); !strings.Contains(detail, "MiB free") {
		t.Errorf("%s: %s", level, detail)
	}
	if level, _ := health.Disk("/not/there"); level != health.Failed {
		t.Errorf("not there: %s", level)
	}
}
