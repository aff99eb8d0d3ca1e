package config

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

// HookLink is a link that stands on every card.
type HookLink struct {
	Label   string `yaml:"label"`
	LabelEN string `yaml:"labelEn"` // in English; empty is Label
	// URL is absolute; for a page it may be a path below publicBase: "/" is the workbench.
	URL string `yaml:"url"`
	// Type is absolute for a page or smart for a SMART app, which is told by its
	// appContext which card it is launched from. Empty is absolute.
	Type string `yaml:"type"`
	// Autolaunchable lets the client open it by itself.
	Autolaunchable bool `yaml:"autolaunchable"`
}

// on is the link as package cdshooks wants it, for an installation at a base URL.
func (l HookLink) on(base string) cdshooks.CardLink {
	link := cdshooks.CardLink{Labels: map[string]string{"nl": l.Label}, URL: l.URL, Type: l.Type, Autolaunchable: l.Autolaunchable}
	if l.LabelEN != "" {
		link.Labels["en"] = l.LabelEN
	}
	if l.Type == "" {
		link.Type = cdshooks.Absolute
	}
	if link.Type == cdshooks.Absolute && strings.HasPrefix(l.URL, "/") && !strings.HasPrefix(l.URL, "//") {
		link.URL = base + l.URL
	}
	return link
}

func checkHookLinks(links []HookLink) error {
	seen := map[string]bool{}
	for i, l := range links {
		if err := l.on("https://pijnpoort.example").Check(); err != nil {
			return fmt.Errorf("link %d: %w", i+1, err)
		}
		if seen[l.Label] {
			return fmt.Errorf("link %d: another has its label", i+1)
		}
		seen[l.Label] = true
	}
	return nil
}

func checkHookRate(value any) error {
	perSecond, ok := value.(float64)
	if pointer, is := value.(*float64); is && pointer != nil {
		perSecond, ok = *pointer, true
	}
	if !ok || perSecond < 0 || math.IsNaN(perSecond) || math.IsInf(perSecond, 0) {
		return errors.New("must be a number of calls, 0 for no bound")
	}
	return nil
}

// requestsPerSecond is what one client may ask where the site does not say: some ten times
// what the busiest EPD asks, and a tenth of what one node answers.
const requestsPerSecond = 50

// hookRate bounds how often one client may call. Who only this machine can reach is not
// bounded unless the site says so: all callers have one address there.
func (c Config) hookRate() cdshooks.Rate {
	rate := cdshooks.Rate{Burst: c.CDSHooks.Burst}
	switch {
	case c.CDSHooks.RequestsPerSecond != nil:
		rate.PerSecond = *c.CDSHooks.RequestsPerSecond
	case !c.IsLoopback():
		rate.PerSecond = requestsPerSecond
	}
	return rate
}

// hookLinks are the links on cards.
func (c Config) hookLinks() ([]cdshooks.CardLink, error) {
	links := make([]cdshooks.CardLink, len(c.CDSHooks.Links))
	for i, l := range c.CDSHooks.Links {
		links[i] = l.on(c.Public())
		if err := links[i].Check(); err != nil {
			return nil, keyError("cdshooks.links", fmt.Errorf("link %d, at %s: %w; a path goes with a publicBase that is https", i+1, links[i].URL, err))
		}
	}
	return links, nil
}
