package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Export writes what the log says of a patient, the first event first: as JSON an array of
// AuditEvents, else lines in the language, "nl" or "en", with times as in the Netherlands.
// reader is who asked for it, which is logged first, and stands in the export as its last
// event. Of a patient all ids under which he may stand in the log are given, the one that he
// is kept under first; without any it is the whole log. It gives the number of events.
func (l *Log) Export(ctx context.Context, s *store.Store, patient []string, reader Party, format, language string, to io.Writer) (int, error) {
	read := Event{Kind: LogRead, Agent: reader}
	if len(patient) > 0 {
		read.Patient = patient[0]
	}
	err := s.Update(ctx, func(ctx context.Context, tx *store.Tx) error { return l.Append(ctx, tx, read) })
	if err != nil {
		return 0, err
	}
	write := textWriter(language)
	if format == "json" {
		write = writeJSON
	}
	n := 0
	err = s.View(ctx, func(r *store.Reader) error {
		for row, err := range r.Audits(ctx, patient...) {
			if err != nil {
				return err
			}
			if err := write(to, n, row); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err == nil && format == "json" {
		_, err = io.WriteString(to, "]\n")
	}
	return n, err
}

// writeJSON writes an event as the next of an array.
func writeJSON(to io.Writer, n int, row store.Audit) error {
	separator := ",\n"
	if n == 0 {
		separator = "["
	}
	_, err := fmt.Fprintf(to, "%s%s", separator, json.RawMessage(row.Body))
	return err
}

// Netherlands is the zone of the times in an export.
var netherlands = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // package mapping brings the zones along
	}
	return zone
}()

// words are those of an export by language.
var words = map[string]struct{ by, to, forUser, with, failed string }{
	"nl": {"door", "aan", "voor", "betreft", "mislukt"},
	"en": {"by", "to", "for", "about", "failed"},
}

// textWriter writes an event as a line for people.
func textWriter(language string) func(io.Writer, int, store.Audit) error {
	w, ok := words[language]
	if !ok {
		language, w = "nl", words["nl"]
	}
	return func(to io.Writer, _ int, row store.Audit) error {
		t, err := read(row.Body)
		if err != nil {
			return fmt.Errorf("audit: row %d %w", row.Seq, err)
		}
		form := forms[t.kind()]
		what := form.nl
		if language == "en" {
			what = form.en
		}
		parts := []string{what}
		if t.Outcome != "0" {
			parts[0] += " (" + w.failed + ")"
		}
		for _, a := range t.Agent {
			role := w.by
			switch code := a.role(); {
			case code == destinationRole.Code && t.kind() == Received:
				continue // the program that keeps the log
			case code == destinationRole.Code:
				role = w.to
			case code == userRole.Code && access[t.kind()]:
				role = w.forUser
			}
			who := a.Who.Identifier.Value
			if a.Network.Address != "" && a.Network.Address != who {
				who += " (" + a.Network.Address + ")"
			}
			parts = append(parts, role+" "+who)
		}
		for _, e := range t.Entity {
			if e.What.Identifier.System == PatientSystem || e.What.Identifier.System == traceSystem {
				continue
			}
			about := w.with + " " + strings.TrimSpace(e.What.Type+" "+e.What.Identifier.Value)
			for _, d := range e.Detail {
				about += ", " + d.Type + " " + d.ValueString
			}
			parts = append(parts, about)
		}
		_, err = fmt.Fprintf(to, "%s  %s\n", row.At.In(netherlands).Format("2006-01-02 15:04:05 -0700"), strings.Join(parts, "; "))
		return err
	}
}
