package config

import (
	"net/netip"
	"os"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/validation"
)

// Config is all that can be set.
type Config struct {
	// Addr is where serve listens.
	Addr string `yaml:"addr" validate:"listen"`
	// Language of advice when the caller does not say.
	Language string `yaml:"language" validate:"oneof=nl en"`
	// Limits on input, against exhaustion.
	Limits Limits `yaml:"limits"`
	Site   Site   `yaml:"site"`
	// PublicBase is the URL under which clients reach us; empty is http://addr.
	PublicBase string `yaml:"publicBase" validate:"omitempty,uri"`
	// TLS is how serve proves who it is; unset it serves plain HTTP.
	TLS TLS `yaml:"tls"`
	// Data is the folder for what must be kept.
	Data     string   `yaml:"data" validate:"required"`
	CDSHooks CDSHooks `yaml:"cdshooks"`
	Web      Web      `yaml:"web"`
	// Database is a PostgreSQL, as "postgres://...", for several nodes; empty is an
	// embedded database in Data.
	Database string `yaml:"database" validate:"database"`
	// Registry is what goes to quality registries.
	Registry Registry `yaml:"registry"`
}

// Limits bound one input; decode.Limits says what they mean.
type Limits struct {
	Bytes   int64 `yaml:"bytes" validate:"gt=0"`
	Depth   int   `yaml:"depth" validate:"gt=0,lte=1000"`
	Entries int   `yaml:"entries" validate:"gt=0"`
}

// Site is what differs between centres.
type Site struct {
	Name string `yaml:"name"`
	// Agreement says that the centre works under an agreement as in annex 3.
	Agreement bool `yaml:"agreement"`
	// Readings are the centre's choices where the standpunt can be read in more
	// than one way: {A05: pair-or-last}.
	Readings map[string]string `yaml:"readings" validate:"readings"`
	// Terminology is a folder with the site's own codes.
	Terminology string `yaml:"terminology" validate:"omitempty,dir"`
	// TerminologyServer is asked for kinds of our codes of SNOMED CT.
	TerminologyServer TerminologyServer `yaml:"terminologyServer"`
	// Proms is the file that maps the site's questionnaires to instruments.
	Proms string `yaml:"proms" validate:"omitempty,file"`
	// PromRules chooses missing rules and variants: {odi.total: complete}.
	PromRules map[string]string `yaml:"promRules" validate:"promrules"`
	// Standpunt is the file with the text of the standpunt, for explain to quote.
	Standpunt string `yaml:"standpunt" validate:"omitempty,file"`
	// MEDTable is the table of opioid conversion factors.
	MEDTable string `yaml:"medTable" validate:"medtable"`
	// IntakeForm is the canonical of the form that the patient fills in at intake;
	// empty is Pijnpoort's own.
	IntakeForm string `yaml:"intakeForm" validate:"omitempty,uri"`
}

// Default is what holds where nothing is set.
func Default() Config {
	return Config{
		Addr:     "127.0.0.1:8080",
		Language: "nl",
		Limits:   Limits{Bytes: 32 << 20, Depth: 64, Entries: 10_000},
		Site:     Site{MEDTable: "nl-2019", TerminologyServer: TerminologyServer{Hours: 24}},
		Data:     "./pijnpoort-data",
		CDSHooks: CDSHooks{FetchMilliseconds: 400, Bytes: 4 << 20},
	}
}

// IsLoopback reports whether serve is reachable from this machine only.
func (c Config) IsLoopback() bool {
	addr, err := netip.ParseAddrPort(c.Addr)
	return err == nil && addr.Addr().IsLoopback()
}

// DecodeLimits are the limits for package decode.
func (c Config) DecodeLimits() decode.Limits {
	return decode.Limits{Bytes: c.Limits.Bytes, Depth: c.Limits.Depth, Entries: c.Limits.Entries}
}

// Adviser advises as the site has chosen. The error names the key whose file or
// folder cannot be used.
func (c Config) Adviser() (*advice.Adviser, error) {
	codes, err := c.codes()
	if err != nil {
		return nil, err
	}
	proms, err := c.PROM()
	if err != nil {
		return nil, err
	}
	return &advice.Adviser{
		Terminology: codes,
		Mapping:     epd.Options{MEDTable: c.Site.MEDTable, IntakeForm: c.Site.IntakeForm, PROM: proms},
		Judging:     validation.Options{Language: c.Language, Readings: c.Site.Readings, Agreement: c.Site.Agreement},
	}, nil
}

// PROM is how questionnaires are recognised and scored at the site.
func (c Config) PROM() (prom.Config, error) {
	rules := prom.Config{Rules: c.Site.PromRules}
	if c.Site.Proms == "" {
		return rules, nil
	}
	file, err := os.Open(c.Site.Proms)
	if err != nil {
		return rules, keyError("site.proms", err)
	}
	defer file.Close()
	if rules.Site, err = prom.ReadSite(file); err != nil {
		return rules, keyError("site.proms", err)
	}
	return rules, nil
}
