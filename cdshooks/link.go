package cdshooks

import (
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json"
)

// Link is an app or page where more is to be found
// (https://cds-hooks.hl7.org/2.0/#link).
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
	Type  string `json:"type"` // absolute or smart
	// AppContext is given to a SMART app when it is launched.
	AppContext string `json:"appContext,omitempty"`
	// Autolaunchable lets the client open the link by itself, as of version 3 of CDS
	// Hooks. What the card says must then be in the app too.
	Autolaunchable bool `json:"autolaunchable,omitzero"`
}

// The types of links.
const (
	Absolute = "absolute" // a page, opened as it is
	SMART    = "smart"    // an app, launched with its own authorisation
)

// CardLink is a link that stands on every card.
type CardLink struct {
	Labels         map[string]string // by language: nl, en or both
	URL            string
	Type           string
	Autolaunchable bool
}

// Check says what is wrong with a link.
func (l CardLink) Check() error {
	u, err := url.Parse(l.URL)
	switch {
	case len(l.Labels) == 0:
		return errors.New("label must be given")
	case l.Type != Absolute && l.Type != SMART:
		return errors.New("type must be absolute or smart")
	case err != nil || u.Host == "":
		return errors.New("url must be absolute")
	case u.Scheme != "https" && (u.Scheme != "http" || !isThisMachine(u.Hostname())):
		return errors.New("url must be https")
	case u.User != nil:
		return errors.New("url must not hold a password")
	}
	for _, label := range l.Labels {
		switch {
		case strings.TrimSpace(label) == "":
			return errors.New("label must be given")
		case strings.ContainsAny(label, "\r\n"):
			return errors.New("label must be one line")
		}
	}
	return nil
}

func isThisMachine(host string) bool { return host == "localhost" || net.ParseIP(host).IsLoopback() }

// appContext is what an app is told: which card it is launched from. Nothing in it is
// about the patient, of whom a SMART app knows by its launch.
type appContext struct {
	Card    string `json:"card"`
	Service string `json:"service"`
	Rules   string `json:"rules,omitempty"`
}

// on is the link as it stands on a card.
func (l CardLink) on(card *Card, call *Call) Link {
	link := Link{Label: l.label(call.Language), URL: l.URL, Type: l.Type, Autolaunchable: l.Autolaunchable}
	if l.Type == SMART {
		text, err := json.Marshal(appContext{card.UUID, call.Service, card.About.Rules})
		if err == nil { // strings alone: they are valid UTF-8 or the card could not be sent either
			link.AppContext = string(text)
		}
	}
	return link
}

// label is in the language asked for, or in the other.
func (l CardLink) label(lang string) string {
	for _, tried := range append([]string{lang}, languages...) {
		if label := l.Labels[tried]; label != "" {
			return label
		}
	}
	return ""
}
