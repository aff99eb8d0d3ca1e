package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/feedbackreport"
	"github.com/pijnpoort/pijnpoort/config"
	"github.com/pijnpoort/pijnpoort/registry/store"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

type feedbackCommand struct {
	From   string `help:"First day on which cards were sent (UTC)." placeholder:"YYYY-MM-DD"`
	To     string `help:"Last day on which cards were sent (UTC)." placeholder:"YYYY-MM-DD"`
	Data   string `help:"Folder with what is kept; over the settings." placeholder:"FOLDER"`
	Format format `enum:"text,json,csv" default:"text" help:"text, json, or csv: a line per group and outcome." placeholder:"text|json|csv"`
	Lang   string `enum:",nl,en" default:"" help:"nl or en." placeholder:"nl|en"`
}

// Run reports on the feedback that is kept.
func (c *feedbackCommand) Run(ctx context.Context, m *Main, settings config.Config) error {
	if c.Data != "" {
		settings.Data = c.Data
	}
	if c.Lang != "" {
		settings.Language = c.Lang
	}
	period, err := c.period()
	if err != nil {
		return usageError{err}
	}
	var report *feedbackreport.Report
	if err := withStore(ctx, settings, func(s *store.Store) (err error) {
		lines := feedbackLines(ctx, s)
		defer lines.Close()
		report, err = feedbackreport.Read(lines, period)
		return err
	}); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	switch c.Format {
	case asJSON:
		encoder := json.NewEncoder(m.Stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	case asCSV:
		return feedbackCSV(m.Stdout, report)
	}
	return feedbackText(m.Stdout, report, settings.Language)
}

// feedbackLines are the cards that were sent and what became of them, as lines of JSON.
func feedbackLines(ctx context.Context, s *store.Store) io.ReadCloser {
	lines, to := io.Pipe()
	go func() {
		write := func(kind string, body []byte) error {
			_, err := fmt.Fprintf(to, "{%q:%s}\n", kind, body)
			return err
		}
		for card, err := range s.Cards(ctx) {
			if err == nil {
				err = write("issued", card.Body)
			}
			if err != nil {
				to.CloseWithError(err)
				return
			}
		}
		for feedback, err := range s.Feedback(ctx) {
			if err == nil {
				err = write("feedback", feedback.Body)
			}
			if err != nil {
				to.CloseWithError(err)
				return
			}
		}
		to.Close()
	}()
	return lines
}

func (c *feedbackCommand) period() (p feedbackreport.Period, err error) {
	for _, d := range []struct {
		flag, value string
		to          *time.Time
	}{{"--from", c.From, &p.From}, {"--to", c.To, &p.To}} {
		if d.value == "" {
			continue
		}
		if *d.to, err = time.Parse(time.DateOnly, d.value); err != nil {
			return p, fmt.Errorf("%s: %q is not a day as YYYY-MM-DD", d.flag, d.value)
		}
	}
	if !p.To.IsZero() && p.To.Before(p.From) {
		return p, errors.New("--to: is before --from")
	}
	return p, nil
}

// section is a kind of groups, with its title.
type section struct {
	kind   string // in CSV
	title  standpunt.Text
	groups []feedbackreport.Group
	name   func(string, string) string // of a group, in a language
	why    bool                        // whether the page tells the reasons
}

func sections(r *feedbackreport.Report) []section {
	plain := func(name, _ string) string { return name }
	return []section{
		{"total", standpunt.Text{NL: "Alle adviezen", EN: "All advice"}, []feedbackreport.Group{{Tally: r.Tally}}, plain, true},
		{"service", standpunt.Text{NL: "Per dienst en moment", EN: "By service and hook"}, r.Services, plain, false},
		{"conclusion", standpunt.Text{NL: "Per oordeel", EN: "By verdict"}, r.Conclusions, advice.Name, false},
		{"rules", standpunt.Text{NL: "Per versie van het standpunt", EN: "By version of the standpunt"}, r.Rules, advice.Name, false},
		{"criterion", standpunt.Text{NL: "Per criterium op het advies", EN: "By criterion on the advice"}, r.Criteria, criterionName, true},
	}
}

// criterionName is the id of a criterion and its title.
func criterionName(id, lang string) string {
	criterion, ok := standpunt.Find(id)
	if !ok { // of an earlier version
		return id
	}
	return id + "  " + criterion.Title.In(lang)
}

var (
	wordNoCards  = standpunt.Text{NL: "Geen adviezen verstuurd", EN: "No advice was sent"}
	wordPeriod   = standpunt.Text{NL: " (verstuurd van %s tot en met %s)", EN: " (sent from %s up to and including %s)"}
	wordStart    = standpunt.Text{NL: "het begin", EN: "the beginning"}
	wordNow      = standpunt.Text{NL: "nu", EN: "now"}
	wordColumns  = standpunt.Text{NL: "\tadviezen\tgevolgd\tniet gevolgd\tniet gemeld\t", EN: "\tcards\taccepted\toverridden\tnot told\t"}
	wordWhy      = standpunt.Text{NL: "waarom niet", EN: "why not"}
	wordComment  = standpunt.Text{NL: "alleen in eigen woorden", EN: "in own words only"}
	wordNoReason = standpunt.Text{NL: "geen reden gegeven", EN: "no reason given"}
	wordUnknown  = standpunt.Text{NL: "Ook gemeld, maar niet bekend als verstuurd: %d.", EN: "Told of too, but not known to have been sent: %d."}
	wordSeveral  = standpunt.Text{NL: "Een advies telt bij elk criterium dat erop staat.", EN: "A card counts under each criterion on it."}
)

// feedbackText writes the report as a page.
func feedbackText(w io.Writer, r *feedbackreport.Report, lang string) error {
	var b strings.Builder
	period := ""
	if r.From != "" || r.To != "" {
		from, to := r.From, r.To
		if from == "" {
			from = wordStart.In(lang)
		}
		if to == "" {
			to = wordNow.In(lang)
		}
		period = fmt.Sprintf(wordPeriod.In(lang), from, to)
	}
	if r.Cards == 0 {
		b.WriteString(wordNoCards.In(lang) + period + ".\n")
	} else {
		for i, s := range sections(r) {
			if i == 0 {
				b.WriteString(s.title.In(lang) + period + "\n")
			} else {
				b.WriteString("\n" + s.title.In(lang) + "\n")
			}
			if err := s.text(&b, lang); err != nil {
				return err
			}
		}
		b.WriteString("\n" + wordSeveral.In(lang) + "\n")
	}
	if r.UnknownCards > 0 {
		fmt.Fprintf(&b, wordUnknown.In(lang)+"\n", r.UnknownCards)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s section) text(w io.Writer, lang string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.TrimRight(wordColumns.In(lang), "\t"))
	for _, g := range s.groups {
		fmt.Fprintf(t, "  %s\t%d\t%d\t%d\t%d\n", s.name(g.Name, lang), g.Cards, g.Accepted, g.Overridden, g.Open)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, g := range s.groups {
		if !s.why || g.Overridden == 0 {
			continue
		}
		parts := make([]string, len(g.Reasons))
		for i, reason := range g.Reasons {
			parts[i] = fmt.Sprintf("%d × %s", reason.Cards, reasonName(reason.Code, lang))
		}
		fmt.Fprintf(w, "  %s: %s\n", strings.TrimSpace(wordWhy.In(lang)+" "+g.Name), strings.Join(parts, ", "))
	}
	return nil
}

// reasonName is a reason in words, where it is not a code of a client.
func reasonName(code, lang string) string {
	switch code {
	case feedbackreport.CommentOnly:
		return wordComment.In(lang)
	case feedbackreport.NoReason:
		return wordNoReason.In(lang)
	}
	return code
}

// feedbackCSV writes a line per group, outcome and reason; the lines of one group add up
// to its cards.
func feedbackCSV(w io.Writer, r *feedbackreport.Report) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"group", "name", "outcome", "reason", "cards"}}
	for _, s := range sections(r) {
		for _, g := range s.groups {
			add := func(outcome, reason string, cards int) {
				lines = append(lines, []string{s.kind, g.Name, outcome, reason, strconv.Itoa(cards)})
			}
			add("accepted", "", g.Accepted)
			for _, reason := range g.Reasons {
				add("overridden", reason.Code, reason.Cards)
			}
			add("open", "", g.Open)
		}
	}
	return out.WriteAll(lines)
}
