package config

import (
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/cdshooks"
)

func hooks(t *testing.T, c Config) (cdshooks.Options, error) {
	t.Helper()
	c.Data = t.TempDir()
	return c.Hooks(nil, slog.New(slog.DiscardHandler))
}

func TestHookOptions(t *testing.T) {
	c, err := Load(file(t, `
addr: 0.0.0.0:8080
publicBase: https://pijnpoort.example/pp/
cdshooks:
  quietDays: 14
  coverageInformation: true
  requestsPerSecond: 2.5
  burst: 20
  links:
    - {label: Werkbank, labelEn: Workbench, url: /}
    - {label: Intake, url: "https://app.example/launch", type: smart, autolaunchable: true}
`), []string{"PIJNPOORT_CDSHOOKS_BURST=30"})
	if err != nil {
		t.Fatal(err)
	}
	options, err := hooks(t, c)
	if err != nil {
		t.Fatal(err)
	}
	if options.QuietDays != 14 || options.Rate != (cdshooks.Rate{PerSecond: 2.5, Burst: 30}) || options.Services[0].Extension == nil {
		t.Errorf("%+v", options)
	}
	want := []cdshooks.CardLink{
		{Labels: map[string]string{"nl": "Werkbank", "en": "Workbench"}, URL: "https://pijnpoort.example/pp/", Type: "absolute"},
		{Labels: map[string]string{"nl": "Intake"}, URL: "https://app.example/launch", Type: "smart", Autolaunchable: true},
	}
	if diff := cmp.Diff(want, options.Links); diff != "" {
		t.Error(diff)
	}
}

func TestHookOptionsUnset(t *testing.T) {
	zero := 0.0
	for _, test := range []struct {
		addr string
		set  *float64
		want cdshooks.Rate
	}{
		{"127.0.0.1:8080", nil, cdshooks.Rate{}}, {"0.0.0.0:8080", nil, cdshooks.Rate{PerSecond: 50}}, {"0.0.0.0:8080", &zero, cdshooks.Rate{}},
	} {
		c := Default()
		c.Addr, c.CDSHooks.RequestsPerSecond = test.addr, test.set
		options, err := hooks(t, c)
		if err != nil || options.Rate != test.want || options.Links == nil || len(options.Links) > 0 || options.QuietDays != 0 || options.Services[0].Extension != nil {
			t.Errorf("%s: %+v, %v", test.addr, options, err)
		}
	}
}

func TestFaultyHookOptions(t *testing.T) {
	for yaml, want := range map[string]string{
		"links: [{label: A}]":                              `cdshooks\.links: link 1: url must be absolute`,
		"links: [{url: /}]":                                `cdshooks\.links: link 1: label must be given`,
		"links: [{label: A, url: /, type: page}]":          `cdshooks\.links: link 1: type must be absolute or smart`,
		"links: [{label: A, url: /launch, type: smart}]":   `cdshooks\.links: link 1: url must be absolute`,
		"links: [{label: A, url: //x.example/}]":           `cdshooks\.links: link 1: url must be https`,
		"links: [{label: A, url: 'http://x.example/'}]":    `cdshooks\.links: link 1: url must be https`,
		"links: [{label: A, url: /}, {label: A, url: /x}]": `cdshooks\.links: link 2: another has its label`,
		"links: [{label: A, url: /, icon: x}]":             `unknown field "icon"`,
		"quietDays: -1":                                    `cdshooks\.quietDays: must be more than 0`,
		"quietDays: 366":                                   `cdshooks\.quietDays: must be at most 365`,
		"requestsPerSecond: -1":                            `cdshooks\.requestsPerSecond: must be a number of calls`,
		"requestsPerSecond: .nan":                          `cdshooks\.requestsPerSecond: must be a number of calls`,
		"burst: -1":                                        `cdshooks\.burst: must be more than 0`,
	} {
		if _, err := Load(file(t, "cdshooks: {"+yaml+"}\n"), nil); err == nil || !regexp.MustCompile(want).MatchString(err.Error()) {
			t.Errorf("%s: %v", yaml, err)
		}
	}
	for _, good := range []string{"requestsPerSecond: 0", "quietDays: 0", "links: []", "burst: 0"} {
		if _, err := Load(file(t, "cdshooks: {"+good+"}\n"), nil); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}

// A path is below the address of the installation, which must then be one that others can open.
func TestALinkToAnAddressWithoutTLS(t *testing.T) {
	c := Default()
	c.CDSHooks.Links = []HookLink{{Label: "Werkbank", URL: "/"}}
	if options, err := hooks(t, c); err != nil || options.Links[0].URL != "http://127.0.0.1:8080/" {
		t.Errorf("on this machine: %v", err)
	}
	c.Addr = "0.0.0.0:8080"
	if _, err := hooks(t, c); err == nil || !strings.Contains(err.Error(), "cdshooks.links") || !strings.Contains(err.Error(), "publicBase") {
		t.Errorf("%v", err)
	}
}
