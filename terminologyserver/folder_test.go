package terminologyserver

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func TestDamagedFilesAndThoseOfOtherListsAreNotUsed(t *testing.T) {
	kept := func(t *testing.T) Folder {
		e := expander(t, knowing(map[string][]string{kind: {root}}))
		if err := e.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		return e.Folder
	}
	for name, damage := range map[string]func(content string) string{
		"half":            func(c string) string { return c[:len(c)/2] },
		"empty":           func(string) string { return "" },
		"other edition":   func(c string) string { return strings.ReplaceAll(c, edition(), "0123") },
		"another concept": func(c string) string { return strings.ReplaceAll(c, "dx-fbss", "dx-fnss") },
	} {
		t.Run(name, func(t *testing.T) {
			folder := kept(t)
			path := folder.file("dx-fbss")
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(damage(string(content))), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := means(t, folder, nil, kind); len(got) > 0 {
				t.Errorf("it means %v", got)
			}
			if !folder.askedAt("dx-fbss").IsZero() {
				t.Error("it is not asked for anew")
			}
		})
	}
}

func TestTheOverlayFollowsTheFolder(t *testing.T) {
	e := expander(t, knowing(map[string][]string{kind: {root}}))
	overlay, err := NewOverlay(e.Folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	overlay.now = func() time.Time { return now }
	if err := e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if overlay.Terminology() != terminology.Embedded() {
		t.Error("the folder was looked at within a minute")
	}
	now = now.Add(2 * lookEvery)
	if got := overlay.Terminology().Concepts(snomed, kind); len(got) != 1 {
		t.Errorf("after a minute it means %v", got)
	}
	now = now.Add(2 * lookEvery)
	if first := overlay.Terminology(); overlay.Terminology() != first {
		t.Error("an unchanged folder is read again")
	}
}

func TestRunStopsWhenAsked(t *testing.T) {
	e := expander(t, knowing(map[string][]string{kind: {root}}))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { e.Run(ctx); close(done) }()
	for deadline := time.Now().Add(5 * time.Second); e.Folder.changed().IsZero() && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	if len(means(t, e.Folder, nil, kind)) != 1 {
		t.Error("it did not refresh at once")
	}
	cancel()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Error("it does not stop")
	}
}
