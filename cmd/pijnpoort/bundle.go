package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/normalise"
)

type bundleCommand struct {
	Files     []string            `arg:"" name:"file" help:"FHIR R4 (or STU3) as JSON, XML or NDJSON, gzipped or not; a folder; - for standard input."`
	Out       string              `help:"Folder for a file per bundle, named by the bundle's identifier; standard output when left out, a bundle a line." placeholder:"FOLDER"`
	Target    string              `help:"Registry of registry.targets to make bundles for; the first when left out." placeholder:"NAME"`
	Shape     normalise.Shape     `enum:",collection,transaction,batch,ndjson" default:"" help:"Shape, over that of the target: collection, transaction, batch or ndjson." placeholder:"SHAPE"`
	BirthDate normalise.Precision `name:"birth-date" enum:",year,month,day,none" default:"" help:"How much of the dates of birth and death, over what the target says: year, month, day or none." placeholder:"PRECISION"`
	AsOf      string              `help:"Day to judge by; today when left out." placeholder:"YYYY-MM-DD"`
	Standpunt string              `enum:",${versions}" default:"" help:"Version to judge by; that of the day when left out: ${versions}." placeholder:"VERSION"`
}

// Run makes the bundles.
func (c *bundleCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	adviser, err := charts{AsOf: c.AsOf}.adviser(settings)
	if err != nil {
		return err
	}
	adviser.Judging.Standpunt = c.Standpunt
	target, err := settings.RegistryTarget(c.Target)
	if err != nil {
		return usageError{fmt.Errorf("--target: %w", err)}
	}
	if c.Shape != "" {
		target.Shape = c.Shape
	}
	if c.BirthDate != "" {
		target.BirthDate = c.BirthDate
	}
	normaliser, err := m.normaliser(settings, target)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.MkdirAll(c.Out, 0o700); err != nil {
			return err
		}
	}
	work := func(j *job) written {
		b := &madeBundles{}
		j.kept = b
		if j.err == nil {
			j.err = b.make(ctx, normaliser, normalise.Register(adviser, j.chart))
		}
		return written{err: j.err}
	}
	return m.inOrder(ctx, settings, c.Files, work, func(ctx context.Context, ordered <-chan *job) error {
		return m.writeBundles(ctx, ordered, c.Out)
	})
}

// normaliser makes what a target gets, with the keys of today. Keys that are made for it
// are told.
func (m *Main) normaliser(settings config.Config, target normalise.Target) (*normalise.Normaliser, error) {
	today := mapping.DayOf(time.Now())
	_, made, err := settings.PseudonymKeys(today)
	if err != nil {
		return nil, err
	}
	if made != "" {
		fmt.Fprintf(m.Stderr, "pijnpoort: made a key for pseudonyms in %s: keep it, without it nobody is recognised again (registry.pseudonymKeys)\n", made)
	}
	return settings.Normaliser(target, today)
}

// madeBundles is what came of one chart.
type madeBundles struct {
	documents []normalise.Document
	delivery  *normalise.Delivery
	used      int
}

// make makes the documents of a registration.
func (b *madeBundles) make(ctx context.Context, n *normalise.Normaliser, r normalise.Registered) error {
	b.used = len(r.Used)
	err := r.Refused()
	if err != nil {
		return err
	}
	if b.delivery, err = n.Normalise(ctx, r.Registration); err != nil {
		return err
	}
	b.documents, err = b.delivery.Documents()
	return err
}

// writeBundles writes what was made, in order, and sums up on standard error.
func (m *Main) writeBundles(ctx context.Context, ordered <-chan *job, folder string) error {
	out := bufio.NewWriter(m.Stdout)
	var sum tally
	for j := range ordered {
		var w written
		select {
		case w = <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		sum.add(j, w.err)
		if w.err != nil {
			fmt.Fprintf(m.Stderr, "pijnpoort: %s: %s\n", j.chart.Source, reason(w.err))
			continue
		}
		for _, document := range j.kept.documents {
			if err := put(out, folder, document); err != nil {
				return fmt.Errorf("write bundles: %w", err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write bundles: %w", err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	sum.print(m.Stderr)
	if sum.refused > 0 {
		return errUnanswered
	}
	return nil
}

// put writes a document to a file of its own, or as a line.
func put(out *bufio.Writer, folder string, document normalise.Document) error {
	body := document.Body
	if !bytes.HasSuffix(body, []byte("\n")) {
		body = append(slices.Clip(body), '\n')
	}
	if folder == "" {
		_, err := out.Write(body)
		return err
	}
	ending := ".json"
	if document.ContentType == normalise.MediaTypeNDJSON {
		ending = ".ndjson"
	}
	return os.WriteFile(filepath.Join(folder, document.ID+ending), body, 0o600)
}

// tally sums up what became of everything that came in.
type tally struct {
	patients, refused            int
	bundles, resources           int
	received, used, ignored, bad int
	left                         map[string]int // issues by what was left out and why
}

// place is the index of an item in an issue.
var place = regexp.MustCompile(`\[[0-9]+\]`)

func (t *tally) add(j *job, err error) {
	t.patients++
	t.received += j.chart.Received()
	t.bad += len(j.chart.Rejected)
	if j.kept != nil {
		t.used += j.kept.used
		t.ignored += j.chart.Received() - j.kept.used - len(j.chart.Rejected)
	}
	if err != nil {
		t.refused++
		return
	}
	t.bundles += len(j.kept.documents)
	t.resources += len(j.kept.delivery.Entries)
	for _, issue := range j.kept.delivery.Issues {
		if t.left == nil {
			t.left = make(map[string]int)
		}
		t.left[place.ReplaceAllString(issue.Resource+"."+issue.Path, "")+": "+issue.Reason]++
	}
}

// print tells: received = used + ignored + rejected, patients = bundled + refused.
func (t *tally) print(w io.Writer) {
	fmt.Fprintf(w, "pijnpoort: %d patients = %d bundled + %d refused; %d bundles with %d resources\n",
		t.patients, t.patients-t.refused, t.refused, t.bundles, t.resources)
	fmt.Fprintf(w, "pijnpoort: %d resources received = %d used + %d ignored + %d rejected\n", t.received, t.used, t.ignored, t.bad)
	for _, what := range slices.Sorted(maps.Keys(t.left)) {
		fmt.Fprintf(w, "pijnpoort: %d x %s\n", t.left[what], what)
	}
}
