package config

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store/storetest"
	"github.com/pijnpoort/pijnpoort/registry/telemetry/health"
)

func TestTheDoctorLooksAfterMarks(t *testing.T) {
	s := storetest.Open(t, storetest.URL(t, "sqlite"), storetest.Keys(t))
	c := Default()
	c.Data = t.TempDir()
	now := time.Now()
	check := func(level health.Level, words string) {
		t.Helper()
		if got, detail := c.checkMarks(t.Context(), s, now); got != level || !strings.Contains(detail, words) {
			t.Errorf("%s: %s, want %s: %s", got, detail, level, words)
		}
	}
	check(health.OK, "nothing is logged yet; signed by HS256 site")
	marked(t, c, s, true)
	marked(t, c, s, true)
	check(health.OK, "2, the newest of ")
	now = now.Add(73 * time.Hour)
	check(health.Warning, "the newest mark is 3 days old")
	now = time.Now()
	content, err := os.ReadFile(c.MarksFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(c.MarksFile()); err != nil {
		t.Fatal(err)
	}
	check(health.Warning, "never marked")
	if err := os.WriteFile(c.MarksFile(), append(content, "x\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	check(health.Failed, "audit-marks: the mark on line 3 is no JWS in compact form (1 faults")
	if err := os.WriteFile(c.MarksFile(), content, 0o600); err != nil {
		t.Fatal(err)
	}
	storetest.Exec(t, s, `UPDATE audit_chain SET last_seq = 1`)
	check(health.Failed, "the log ends before its newest mark")
}
