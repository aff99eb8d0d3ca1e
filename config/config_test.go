package config

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pijnpoort.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNothingSetGivesTheDefaults(t *testing.T) {
	for _, path := range []string{"", file(t, ""), file(t, "# nothing\n")} {
		got, err := Load(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(Default(), got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatTheFileLeavesOutKeepsItsDefault(t *testing.T) {
	got, err := Load(file(t, "site: {name: Pain centre}\nlimits: {depth: 10}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Site.Name, want.Limits.Depth = "Pain centre", 10
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheEnvironmentGoesOverTheFile(t *testing.T) {
	path := file(t, `
addr: 127.0.0.1:9000
language: en
site:
  name: Pain centre
  agreement: true
  readings: {A05: pair-or-last}
`)
	got, err := Load(path, []string{
		"PIJNPOORT_ADDR=[::1]:9001", "PIJNPOORT_SITE_AGREEMENT=false", "PIJNPOORT_SITE_READINGS={A22: strict-failure}",
		"PIJNPOORT_SITE_MED_TABLE=cdc-clinical-2022", "PIJNPOORT_LIMITS_BYTES=1024", "PIJNPOORT_CONFIG=" + path, "HOME=/",
		"PIJNPOORT_SERVICE_HOST=10.0.0.1", "PIJNPOORT_PORT_8080_TCP=tcp://10.0.0.1:8080",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Addr, want.Language, want.Limits.Bytes = "[::1]:9001", "en", 1024
	want.Site.Name, want.Site.Readings, want.Site.MEDTable = "Pain centre", map[string]string{"A22": "strict-failure"}, "cdc-clinical-2022"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsNameTheKey(t *testing.T) {
	tests := []struct {
		name, yaml string
		environ    []string
		want       string // pattern
	}{
		{"unknown key", "site:\n  nmae: x\n", nil, `\[2:3\] unknown field "nmae"`},
		{"unknown key at the top", "adr: x\n", nil, `\[1:1\] unknown field "adr"`},
		{"wrong type", "site:\n  agreement: perhaps\n", nil, `\[2:14\].*bool`},
		{"key twice", "language: nl\nlanguage: en\n", nil, `\[2:1\].*language`},
		{"not YAML", "site: [", nil, `\[1:7\]`},
		{"language", "language: fr\n", nil, `language: must be one of: nl en`},
		{"address", "addr: somewhere\n", nil, `addr: must be host:port`},
		{"reading that does not exist", "site: {readings: {A99: x}}\n", nil, `site\.readings: reading A99 does not exist`},
		{"way to read that does not exist", "site: {readings: {A05: x}}\n", nil, `site\.readings: reading A05 has no way "x"; it has: .*pair-or-last`},
		{"rule of an instrument that does not exist", "site: {promRules: {xyz: complete}}\n", nil, `site\.promRules: rules: "xyz" is no instrument`},
		{"conversion table", "site: {medTable: x}\n", nil, `site\.medTable: no table "x"; there are: nl-2019`},
		{"folder", "site: {terminology: /does/not/exist}\n", nil, `site\.terminology: must be a folder`},
		{"file", "site: {standpunt: /does/not/exist}\n", nil, `site\.standpunt: must be a file`},
		{"terminology server", "site: {terminologyServer: {url: ehr}}\n", nil, `site\.terminologyServer\.url: .*not an absolute URL`},
		{"terminology server without TLS", "site: {terminologyServer: {url: http://tx.example/fhir}}\n", nil, `site\.terminologyServer\.url: .*must be https`},
		{"terminology server never asked again", "site: {terminologyServer: {hours: 0}}\n", nil, `site\.terminologyServer\.hours: must be more than 0`},
		{"server", "cdshooks: {fhirServers: [ehr]}\n", nil, `cdshooks\.fhirServers: FHIR server 1 of the list: is not an absolute URL`},
		{"server without TLS", "cdshooks: {fhirServers: [http://ehr.example/fhir]}\n", nil, `cdshooks\.fhirServers: .*must be https`},
		{"client without keys", "cdshooks: {clients: [{issuer: https://ehr.example}]}\n", nil, `cdshooks\.clients: client 1 must have an issuer and jwks`},
		{"origin with a path", "cdshooks: {origins: [https://ehr.example/app]}\n", nil, `cdshooks\.origins: must be origins such as`},
		{"no time to fetch", "cdshooks: {fetchMilliseconds: 0}\n", nil, `cdshooks\.fetchMilliseconds: must be more than 0`},
		{"client", "cdshooks: {clients: [{issuer: x}]}\n", nil, `cdshooks\.clients: client 1 must have`},
		{"origin", "cdshooks: {origins: [ehr]}\n", nil, `cdshooks\.origins: must be origins`},
		{"limit", "limits: {depth: 0}\n", nil, `limits\.depth: must be more than 0`},
		{"several at once", "language: fr\naddr: x\n", nil, `(?s)addr: .*language: `},
		{"unknown variable", "", []string{"PIJNPOORT_LANGAUGE=nl"}, `no setting has the variable PIJNPOORT_LANGAUGE`},
		{"variable of the wrong type", "", []string{"PIJNPOORT_SITE_AGREEMENT=perhaps"}, `site\.agreement \(PIJNPOORT_SITE_AGREEMENT\)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(file(t, test.yaml), test.environ)
			if err == nil {
				t.Fatal("no error")
			}
			if !regexp.MustCompile(test.want).MatchString(err.Error()) {
				t.Errorf("error %q does not match %q", err, test.want)
			}
		})
	}
}

func TestMissingFileIsAnError(t *testing.T) {
	if _, err := Load("/does/not/exist.yaml", nil); err == nil {
		t.Error("no error")
	}
}

func TestEveryKeyHasItsOwnVariable(t *testing.T) {
	c := Default()
	seen := map[string]string{}
	for _, s := range settings(reflect.ValueOf(&c).Elem(), "") {
		name := variable(s.key)
		if strings.HasSuffix(s.key, ".") || s.key == "" {
			t.Errorf("a setting has no key: %q", s.key)
		}
		if other, twice := seen[name]; twice {
			t.Errorf("%s and %s share %s", s.key, other, name)
		}
		seen[name] = s.key
	}
	for name, key := range map[string]string{
		"PIJNPOORT_ADDR": "addr", "PIJNPOORT_SITE_MED_TABLE": "site.medTable", "PIJNPOORT_SITE_INTAKE_FORM": "site.intakeForm",
	} {
		if seen[name] != key {
			t.Errorf("%s sets %q, want %q", name, seen[name], key)
		}
	}
}

func TestEveryValidationHasWords(t *testing.T) {
	var walk func(reflect.Type)
	walk = func(s reflect.Type) {
		for i := range s.NumField() {
			f := s.Field(i)
			if f.Type.Kind() == reflect.Struct {
				walk(f.Type)
			}
			for _, tag := range strings.FieldsFunc(f.Tag.Get("validate"), func(r rune) bool { return r == ',' }) {
				name, _, _ := strings.Cut(tag, "=")
				if name != "omitempty" && name != "dive" && rules[name] == "" && ours[name] == nil {
					t.Errorf("%s.%s: validation %q has no words", s.Name(), f.Name, name)
				}
			}
		}
	}
	walk(reflect.TypeFor[Config]())
}

func TestIsLoopback(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:8080": true, "[::1]:80": true, "0.0.0.0:8080": false, "10.0.0.1:80": false, ":8080": false} {
		if got := (Config{Addr: addr}).IsLoopback(); got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}

func TestCallersMustShowAJWTUnlessOnlyThisMachineCanCall(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		addr string
		set  *bool
		want bool
	}{
		{"127.0.0.1:8080", nil, false}, {"0.0.0.0:8080", nil, true}, {"127.0.0.1:8080", &yes, true}, {"0.0.0.0:8080", &no, false},
	}
	for _, test := range tests {
		c := Config{Addr: test.addr, CDSHooks: CDSHooks{RequireJWT: test.set}}
		if got := c.RequiresJWT(); got != test.want {
			t.Errorf("%s, set %v: %v", test.addr, test.set, got)
		}
	}
	got, err := Load(file(t, "cdshooks: {requireJWT: true}\n"), []string{"PIJNPOORT_CDSHOOKS_REQUIRE_JWT=false"})
	if err != nil || got.CDSHooks.RequireJWT == nil || *got.CDSHooks.RequireJWT {
		t.Errorf("the variable goes over the file: %+v, %v", got.CDSHooks, err)
	}
}

func TestTheAdviserFollowsTheSettings(t *testing.T) {
	c := Default()
	c.Language, c.Site.Agreement, c.Site.MEDTable = "en", true, "cdc-clinical-2016"
	a, err := c.Adviser()
	if err != nil {
		t.Fatal(err)
	}
	if a.Judging.Language != "en" || !a.Judging.Agreement || a.Mapping.MEDTable != "cdc-clinical-2016" || a.Terminology() == nil {
		t.Errorf("adviser: %+v", a)
	}
}

func TestFaultyFilesNameTheirKey(t *testing.T) {
	c := Default()
	c.Site.Proms = file(t, "nonsense: 1\n")
	if _, err := c.PROM(); err == nil || !strings.Contains(err.Error(), "site.proms") {
		t.Errorf("site.proms: %v", err)
	}
	c.Site.Terminology = filepath.Dir(file(t, ""))
	if err := os.WriteFile(filepath.Join(c.Site.Terminology, "codes.csv"), []byte("nonsense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adviser(); err == nil || !strings.Contains(err.Error(), "site.terminology") {
		t.Errorf("site.terminology: %v", err)
	}
}

func TestATerminologyServerIsOptional(t *testing.T) {
	c := Default()
	if server, err := c.TerminologyServer(); server != nil || err != nil {
		t.Errorf("without URL: %v, %v", server, err)
	}
	if expander, err := c.Expander(nil); expander != nil || err != nil {
		t.Errorf("without URL: %v, %v", expander, err)
	}
	c.Site.TerminologyServer.URL, c.Data = "https://tx.example/fhir", t.TempDir()
	expander, err := c.Expander(nil)
	if err != nil || expander == nil || expander.MaxAge != 24*time.Hour || string(expander.Folder) != filepath.Join(c.Data, "terminology") {
		t.Errorf("with URL: %+v, %v", expander, err)
	}
	a, err := c.Adviser()
	if err != nil || a.Terminology() != terminology.Embedded() {
		t.Errorf("nothing kept: %v", err)
	}
}
