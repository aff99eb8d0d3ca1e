package config

import (
	"log/slog"
	"path/filepath"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
	"github.com/pijnpoort/pijnpoort/terminologyserver"
)

// TerminologyServer is a FHIR server that has SNOMED CT.
type TerminologyServer struct {
	// URL is the base of the server; empty is none.
	URL string `yaml:"url" validate:"server"`
	// Token is sent as bearer token, if any.
	Token string `yaml:"token"`
	// Hours is how old an answer may be before it is asked for again.
	Hours int `yaml:"hours" validate:"gt=0,lte=8760"`
}

func checkServer(url string) error {
	if url == "" {
		return nil
	}
	return checkFHIRServers([]string{url})
}

// terminologyTime is how long a terminology server may take over one answer.
const terminologyTime = 30 * time.Second

// codes is the terminology: ours, over it the kinds of our codes that a terminology
// server told of, over that the site's own. Whether the server answers now makes no
// difference.
func (c Config) codes() (func() *terminology.Terminology, error) {
	var site *terminology.Site
	if c.Site.Terminology != "" {
		var err error
		if site, err = terminology.Load(c.Site.Terminology); err != nil {
			return nil, keyError("site.terminology", err)
		}
	}
	if c.Site.TerminologyServer.URL == "" {
		codes := terminology.Embedded().With(site)
		return func() *terminology.Terminology { return codes }, nil
	}
	overlay, err := terminologyserver.NewOverlay(c.kinds(), site)
	if err != nil {
		return nil, keyError("site.terminologyServer", err)
	}
	return overlay.Terminology, nil
}

// kinds is where the answers of the terminology server are kept.
func (c Config) kinds() terminologyserver.Folder {
	return terminologyserver.Folder(filepath.Join(c.Data, "terminology"))
}

// TerminologyServer is the server to ask; nil when the site has none.
func (c Config) TerminologyServer() (*client.Server, error) {
	settings := c.Site.TerminologyServer
	if settings.URL == "" {
		return nil, nil
	}
	servers, err := client.New(client.Options{Servers: []string{settings.URL}, Timeout: terminologyTime})
	if err != nil {
		return nil, keyError("site.terminologyServer.url", err)
	}
	return servers.Server(settings.URL, settings.Token)
}

// Expander keeps what the terminology server told up to date; nil when the site has none.
func (c Config) Expander(logger *slog.Logger) (*terminologyserver.Expander, error) {
	server, err := c.TerminologyServer()
	if server == nil || err != nil {
		return nil, err
	}
	age := time.Duration(c.Site.TerminologyServer.Hours) * time.Hour
	return &terminologyserver.Expander{Server: server, Folder: c.kinds(), MaxAge: age, Log: logger}, nil
}
