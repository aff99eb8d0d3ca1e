package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/delivery"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

type listCommand struct {
	State  []store.State `help:"Only in these states: queued, sending, retry-wait, unknown, delivered, dead, cancelled, suppressed, superseded." placeholder:"STATE"`
	Target string        `help:"Only to this target." placeholder:"NAME"`
	Limit  int           `help:"The most that are listed; 0 is all." default:"50"`
	Format format        `enum:"text,json" default:"text" help:"text or json." placeholder:"text|json"`
}

// deliveryView is a delivery as it is shown, of a patient or of a report of the centre:
// nothing in it is of the patient but the id under which he is kept.
type deliveryView struct {
	ID       string      `json:"id"`
	Target   string      `json:"target"`
	Patient  string      `json:"patient,omitempty"`
	Report   string      `json:"report,omitempty"`
	State    store.State `json:"state"`
	Reason   string      `json:"reason,omitempty"`
	Attempts int         `json:"attempts"`
	Bundle   string      `json:"bundle,omitempty"`
	Created  time.Time   `json:"created"`
	Due      time.Time   `json:"due"`
	Sent     time.Time   `json:"sent,omitzero"`
	Finished time.Time   `json:"finished,omitzero"`
	Trace    string      `json:"traceparent,omitempty"`
}

func viewOf(d store.Delivery) deliveryView {
	patient, report := d.Patient, ""
	if store.IsReport(d.Patient) {
		patient, report = "", d.Patient
	}
	return deliveryView{d.ID, d.Target, patient, report, d.State, d.Reason, d.Attempts, d.Bundle, d.Created, d.Due, d.Sent, d.Finished, d.Trace}
}

// countView is how many deliveries there are to a target: all is the sum of the rest.
type countView struct {
	Target     string    `json:"target"`
	Known      bool      `json:"inSettings"`
	All        int       `json:"all"`
	Delivered  int       `json:"delivered"`
	Pending    int       `json:"pending"`
	Suppressed int       `json:"suppressed"`
	Dead       int       `json:"dead"`
	Cancelled  int       `json:"cancelled"`
	Superseded int       `json:"superseded"`
	Oldest     time.Time `json:"oldestPending,omitzero"`
}

// Run lists.
func (c *listCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	for _, s := range c.State {
		if !slices.Contains(store.States(), s) {
			return usageError{fmt.Errorf("--state: there is no state %q", s)}
		}
	}
	return m.withDelivery(ctx, settings, func(s *store.Store, service *delivery.Service) error {
		var out struct {
			Counts     []countView    `json:"counts"`
			Deliveries []deliveryView `json:"deliveries"`
		}
		out.Counts, out.Deliveries = []countView{}, []deliveryView{}
		counts, err := service.Counts(ctx)
		if err != nil {
			return err
		}
		for _, n := range counts {
			out.Counts = append(out.Counts, countView{n.Target, n.Known, n.All, n.Delivered, n.Pending, n.Suppressed, n.Dead, n.Cancelled, n.Superseded, n.Oldest})
		}
		for d, err := range s.Deliveries(ctx, store.Filter{Target: c.Target, States: c.State, Limit: c.Limit}) {
			if err != nil {
				return err
			}
			out.Deliveries = append(out.Deliveries, viewOf(d))
		}
		if c.Format == asJSON {
			return writeIndented(m.Stdout, out)
		}
		return listText(m.Stdout, settings.Language, out.Counts, out.Deliveries)
	})
}

// heads are the heads of the tables.
var heads = map[string][2]string{
	"nl": {"doel\talle\tgeleverd\twachtend\tniet nodig\topgegeven\tgeannuleerd\tvervangen\toudste wachtende", "levering\tdoel\ttoestand\tpogingen\tgemaakt\treden"},
	"en": {"target\tall\tdelivered\tpending\tsuppressed\tdead\tcancelled\tsuperseded\toldest pending", "delivery\ttarget\tstate\tattempts\tmade\treason"},
}

func listText(w io.Writer, language string, counts []countView, deliveries []deliveryView) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	head := heads[language]
	fmt.Fprintln(t, head[0])
	for _, n := range counts {
		oldest := "-"
		if !n.Oldest.IsZero() {
			oldest = n.Oldest.Local().Format(time.DateTime)
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", n.Target, n.All, n.Delivered, n.Pending, n.Suppressed, n.Dead, n.Cancelled, n.Superseded, oldest)
	}
	if err := t.Flush(); err != nil || len(deliveries) == 0 {
		return err
	}
	fmt.Fprintln(w)
	fmt.Fprintln(t, head[1])
	for _, d := range deliveries {
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%s\t%s\n", d.ID, d.Target, d.State, d.Attempts, d.Created.Local().Format(time.DateTime), d.Reason)
	}
	return t.Flush()
}

type showCommand struct {
	ID string `arg:"" help:"Id of the delivery, as list gives it."`
}

// resourceView is what the registry has of one resource, as far as it told.
type resourceView struct {
	Key      string    `json:"key"`
	Place    string    `json:"place,omitempty"`
	Version  string    `json:"version,omitempty"`
	Hash     string    `json:"hash,omitempty"` // empty: it may have another form of it
	Recorded time.Time `json:"recorded"`
}

// Run shows.
func (c *showCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	return withStore(ctx, settings, func(s *store.Store) error {
		d, err := s.Delivery(ctx, c.ID)
		if err != nil {
			return noDelivery(c.ID, err)
		}
		ledger, err := s.Ledger(ctx, d.Target, d.Patient)
		if err != nil {
			return err
		}
		out := struct {
			deliveryView
			Registry []resourceView `json:"registry"`
		}{deliveryView: viewOf(d)}
		for _, e := range ledger {
			out.Registry = append(out.Registry, resourceView{e.Key, e.Location, e.Version, e.Hash, e.At})
		}
		return writeIndented(m.Stdout, out)
	})
}

// writeIndented writes JSON for people and programs alike.
func writeIndented(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
