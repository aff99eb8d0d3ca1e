package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/cmd/pijnpoort/internal/caller"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// writeJSON writes a document as received, but for its layout.
func writeJSON(w io.Writer, document []byte) error {
	var indented bytes.Buffer
	if err := json.Indent(&indented, document, "", "  "); err != nil {
		return errors.New("the answer is not JSON")
	}
	indented.WriteByte('\n')
	_, err := indented.WriteTo(w)
	return err
}

// refused prints why there are no cards.
func refused(m *Main, answer caller.Answer, as format) error {
	if as == asJSON && json.Valid(answer.Body) {
		if err := writeJSON(m.Stdout, answer.Body); err != nil {
			return err
		}
	}
	fmt.Fprintf(m.Stderr, "pijnpoort: hook: refused with status %d %s\n", answer.Status, http.StatusText(answer.Status))
	var outcome struct {
		ResourceType string
		Issue        []struct {
			Code, Diagnostics string
			Details           struct{ Text string }
		}
	}
	if err := json.Unmarshal(answer.Body, &outcome); err != nil || outcome.ResourceType != "OperationOutcome" {
		fmt.Fprintln(m.Stderr, "pijnpoort: hook: without an OperationOutcome that says why")
		return errUnanswered
	}
	for _, issue := range outcome.Issue {
		reason := issue.Details.Text
		if reason == "" {
			reason = issue.Diagnostics
		}
		fmt.Fprintf(m.Stderr, "  %s: %s\n", issue.Code, reason)
	}
	return errUnanswered
}

// The words around a card.
var (
	wordNoCard     = standpunt.Text{NL: "Geen advies.", EN: "No advice."}
	wordChoices    = standpunt.Text{NL: "Voorstellen", EN: "Suggestions"}
	wordAny        = standpunt.Text{NL: "naar keuze", EN: "any of these"}
	wordOne        = standpunt.Text{NL: "hoogstens één", EN: "one at most"}
	wordReasons    = standpunt.Text{NL: "Redenen om het advies niet te volgen", EN: "Reasons not to follow the advice"}
	wordActs       = standpunt.Text{NL: "Wordt gedaan zonder te vragen", EN: "Done without asking"}
	wordLinks      = standpunt.Text{NL: "Meer", EN: "More"}
	indicatorWords = map[cdshooks.Indicator]standpunt.Text{
		cdshooks.Info: {NL: "Ter informatie", EN: "Information"}, cdshooks.Warning: {NL: "Let op", EN: "Warning"}, cdshooks.Critical: {NL: "Kritiek", EN: "Critical"},
	}
)

// writeCards writes the cards of an answer as a reader would see them: as Markdown, or as
// text for a terminal.
func writeCards(w io.Writer, answer []byte, as format, lang string) error {
	var response cdshooks.Response
	if err := json.Unmarshal(answer, &response); err != nil {
		return errors.New("the answer holds no cards that can be read")
	}
	var page bytes.Buffer
	if len(response.Cards) == 0 {
		fmt.Fprintln(&page, wordNoCard.In(lang))
	}
	for i := range response.Cards {
		if i > 0 {
			fmt.Fprint(&page, "\n---\n\n")
		}
		cardMarkdown(&page, &response.Cards[i], lang)
	}
	list(&page, wordActs.In(lang), response.SystemActions, change)
	if as != asMarkdown {
		return plainText(w, page.String())
	}
	_, err := page.WriteTo(w)
	return err
}

// cardMarkdown writes a card as Markdown.
func cardMarkdown(b *bytes.Buffer, card *cdshooks.Card, lang string) {
	indicator := string(card.Indicator)
	if words, ok := indicatorWords[card.Indicator]; ok {
		indicator = words.In(lang)
	}
	fmt.Fprintf(b, "# %s\n\n%s · %s\n", card.Summary, indicator, card.Source.Label)
	if card.Detail != "" {
		fmt.Fprintf(b, "\n%s\n", strings.TrimSpace(card.Detail))
	}
	if len(card.Suggestions) > 0 {
		behaviour := wordAny
		if card.SelectionBehavior == "at-most-one" {
			behaviour = wordOne
		}
		fmt.Fprintf(b, "\n**%s** (%s)\n\n", wordChoices.In(lang), behaviour.In(lang))
		for _, s := range card.Suggestions {
			fmt.Fprintf(b, "- %s%s\n", s.Label, changes(s.Actions))
		}
	}
	list(b, wordReasons.In(lang), card.OverrideReasons, func(r cdshooks.Coding) string { return r.Display })
	list(b, wordLinks.In(lang), card.Links, func(l cdshooks.Link) string { return l.Label + " <" + l.URL + ">" })
}

// list writes a title with items below it, if there are any.
func list[T any](b *bytes.Buffer, title string, items []T, text func(T) string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n**%s**\n\n", title)
	for _, item := range items {
		fmt.Fprintf(b, "- %s\n", text(item))
	}
}

// changes are what a suggestion does, such as " (create Task)".
func changes(actions []cdshooks.Action) string {
	var parts []string
	for _, a := range actions {
		parts = append(parts, change(a))
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// change is what an action does, such as "create Task".
func change(a cdshooks.Action) string {
	what := a.ResourceID
	var resource struct{ ResourceType string }
	if what == "" && json.Unmarshal(a.Resource, &resource) == nil {
		what = resource.ResourceType
	}
	return a.Type + " " + what
}
