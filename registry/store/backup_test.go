package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// fill puts something in every table.
func fill(t testing.TB, s *store.Store) {
	t.Helper()
	for n := range 20 {
		who := []registration.Identifier{id(bsn, fmt.Sprint(999990000+n))}
		patient := save(t, s, who, someone(who...), procedure(fmt.Sprintf("Procedure/%d", n), "2025-01-02T10:00:00Z", "2025-01-02", n%3 == 0)).Changes[0].Patient
		d := queue(t, s, patient)
		must(t, s.Update(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.AddAudits(ctx, []store.Audit{{At: tx.Now(), Patient: patient, Body: `{"<>&":"é"}`}},
				func(previous, _ string) string { return previous + "x" })
			report := store.Report{Centre: "agb|06010101", Year: 2000 + n, Body: []byte(`{"year":2000}`), Counted: tx.Now()}
			return errors.Join(err, tx.SaveReport(ctx, report), tx.Record(ctx, []store.Entry{{Target: "registry", Patient: patient, Key: fmt.Sprint(n), Fence: d.Fence}}),
				tx.AddCards(ctx, []store.Card{{ID: fmt.Sprint(n), At: tx.Now(), Body: []byte("{}")}}),
				tx.AddFeedback(ctx, []store.Feedback{{Card: fmt.Sprint(n), Outcome: "accepted", At: tx.Now(), Body: []byte("{}")}}))
		}))
	}
	_, err := s.OptOut(t.Context(), "t", []registration.Identifier{id(bsn, "999990000")}, someTime)
	must(t, err)
}

func TestABackupIsRestoredInEitherDatabase(t *testing.T) {
	for _, from := range kinds {
		for _, to := range kinds {
			t.Run(from+" to "+to, func(t *testing.T) {
				keys := newKeys(t)
				source := openAt(t, urlOf(t, from), keys)
				fill(t, source)
				var file bytes.Buffer
				written, err := source.Backup(t.Context(), &file)
				must(t, err)
				for table, rows := range written.Rows {
					if rows == 0 {
						t.Errorf("nothing of %s", table)
					}
				}
				if strings.Contains(file.String(), "99999001") {
					t.Error("an identifier stands in the backup")
				}
				target := openAt(t, urlOf(t, to), keys)
				restored, err := target.Restore(t.Context(), bytes.NewReader(file.Bytes()))
				must(t, err)
				now, err := target.Contents(t.Context())
				if err != nil || restored.Hash != written.Hash || now.Hash != written.Hash || now.Total() != written.Total() {
					t.Errorf("written %+v, restored %+v, now %+v, %v", written, restored, now, err)
				}
				if _, err := target.Restore(t.Context(), bytes.NewReader(file.Bytes())); !errors.Is(err, store.ErrNotEmpty) {
					t.Errorf("over what there is: %v", err)
				}
				// It goes on from there.
				if c := save(t, target, []registration.Identifier{id(bsn, "999990001")}, procedure("Procedure/1", "2025-01-02T10:00:00Z", "2025-01-02", false)).Changes[0]; c.Unchanged != 1 {
					t.Errorf("%+v", c)
				}
			})
		}
	}
}

func TestMove(t *testing.T) {
	keys := newKeys(t)
	to := openAt(t, urlOf(t, "postgres"), keys)
	from := openAt(t, urlOf(t, "sqlite"), keys)
	fill(t, from)
	moved, err := store.Move(t.Context(), from, to)
	if err != nil || moved.Rows["patient"] != 20 {
		t.Errorf("%+v, %v", moved, err)
	}
	if _, err := store.Move(t.Context(), from, to); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("twice: %v", err)
	}
}

func TestWhatIsNoWholeBackupIsRefused(t *testing.T) {
	keys := newKeys(t)
	source := openAt(t, urlOf(t, "sqlite"), keys)
	fill(t, source)
	var file bytes.Buffer
	_, err := source.Backup(t.Context(), &file)
	must(t, err)
	whole := file.String()
	lines := strings.SplitAfter(whole, "\n")
	for name, content := range map[string]string{
		"empty":             "",
		"no header":         strings.Join(lines[1:], ""),
		"cut off":           whole[:len(whole)/2],
		"without end":       strings.Join(lines[:len(lines)-2], ""),
		"a row less":        strings.Join(append(append([]string{}, lines[:3]...), lines[4:]...), ""),
		"two rows swapped":  strings.Join(append([]string{lines[0], lines[2], lines[1]}, lines[3:]...), ""),
		"a value changed":   strings.Replace(whole, "2025-01-02", "2025-01-03", 1),
		"another table":     strings.Replace(whole, `{"t":"item"`, `{"t":"sqlite_master"`, 1),
		"something after":   whole + "x",
		"twice":             whole + whole,
		"a value less":      strings.Replace(whole, `"v":[`, `"v":[1,`, 1),
		"of another format": strings.Replace(whole, "registry/1", "registry/9", 1),
	} {
		t.Run(name, func(t *testing.T) {
			target := openAt(t, urlOf(t, "sqlite"), keys)
			if _, err := target.Restore(t.Context(), strings.NewReader(content)); err == nil {
				t.Fatal("restored")
			}
			if now, err := target.Contents(t.Context()); err != nil || now.Total() != 1 { // the start of the audit log
				t.Errorf("something was kept: %+v, %v", now, err)
			}
		})
	}
	stranger := openAt(t, urlOf(t, "sqlite"), newKeys(t))
	if _, err := stranger.Restore(t.Context(), strings.NewReader(whole)); !errors.Is(err, store.ErrKeys) {
		t.Errorf("with other keys: %v", err)
	}
}
