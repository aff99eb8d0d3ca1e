package config

import (
	"log/slog"
	"os"

	"github.com/pijnpoort/pijnpoort/web"
)

// Web are the pages for people.
type Web struct {
	// Users is a file of names and bcrypt hashes, as htpasswd -B makes it. Without it
	// the pages are served on loopback only.
	Users string `yaml:"users" validate:"omitempty,file"`
}

// Pages are the options of the pages; nil when they are not to be served: on an address
// that others can reach, without users. The error names the key that cannot be used.
func (c Config) Pages(logger *slog.Logger) (*web.Options, error) {
	adviser, err := c.Adviser()
	if err != nil {
		return nil, err
	}
	options := &web.Options{Adviser: adviser, Limits: c.DecodeLimits(), Language: c.Language, Title: c.Title(), Log: logger}
	if c.Web.Users == "" {
		if c.IsLoopback() {
			return options, nil
		}
		logger.Warn("the pages are not served: no users are known (web.users)")
		return nil, nil
	}
	file, err := os.Open(c.Web.Users)
	if err != nil {
		return nil, keyError("web.users", err)
	}
	defer file.Close()
	if options.Users, err = web.ReadUsers(file); err != nil {
		return nil, keyError("web.users", err)
	}
	return options, nil
}

// Title names the program and the site.
func (c Config) Title() string {
	if c.Site.Name == "" {
		return "Pijnpoort"
	}
	return "Pijnpoort, " + c.Site.Name
}
