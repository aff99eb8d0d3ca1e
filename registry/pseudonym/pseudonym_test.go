package pseudonym_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// vector is a pseudonym computed by OpenSSL 3: kdf HKDF for the key of a use, mac HMAC for the
// value.
type vector struct {
	Name, Secret, Recipient, Scope, Purpose string
	System, Value, Kind, Key                string
	Pseudonym                               string
}

func (v vector) identity(t *testing.T) pseudonym.Identity {
	t.Helper()
	identity, err := pseudonym.Person(v.System, v.Value)
	if err == nil && v.Kind != "" {
		identity, err = identity.Part(v.Kind, v.Key)
	}
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

func TestPseudonymsAreThoseOfAnotherTool(t *testing.T) {
	document, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(document, &vectors); err != nil || len(vectors) == 0 {
		t.Fatalf("%d vectors: %v", len(vectors), err)
	}
	seen := make(map[string]string)
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			secret, err := base64.StdEncoding.DecodeString(v.Secret)
			if err != nil {
				t.Fatal(err)
			}
			use := pseudonym.Use{Recipient: v.Recipient, Scope: v.Scope, Purpose: v.Purpose}
			got, err := at(t, "2026-01-01", key("k", secret, "", "")).Pseudonyms(t.Context(), use, v.identity(t))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0] != (pseudonym.Pseudonym{Key: "k", Value: v.Pseudonym}) {
				t.Errorf("got %v, want %s", got, v.Pseudonym)
			}
			if other, twice := seen[v.Pseudonym]; twice {
				t.Errorf("the same as of %s", other)
			}
			seen[v.Pseudonym] = v.Name
		})
	}
}

func key(id string, secret []byte, from, until string) pseudonym.Key {
	s, err := pseudonym.NewSecret(secret)
	if err != nil {
		panic(err)
	}
	return pseudonym.Key{ID: id, Secret: s, From: from, Until: until}
}

func some(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

func at(t *testing.T, day string, keys ...pseudonym.Key) *pseudonym.HMAC {
	t.Helper()
	on, err := mapping.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	h, err := pseudonym.Keys(keys).At(on)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

const testBSN = "999990019"

func patient(t *testing.T) pseudonym.Identity {
	return vector{System: pseudonym.SystemBSN, Value: testBSN}.identity(t)
}

func TestKeysReplaceEachOtherWithOverlap(t *testing.T) {
	old, successor := key("2025-1", some(1), "2025-01-01", "2026-06-30"), key("2026-1", some(2), "2026-01-01", "")
	for day, want := range map[string]string{
		"2025-12-31": "2025-1", "2026-01-01": "2026-1 2025-1", "2026-06-30": "2026-1 2025-1", "2026-07-01": "2026-1",
	} {
		for _, keys := range [][]pseudonym.Key{{old, successor}, {successor, old}} {
			list, err := at(t, day, keys...).Pseudonyms(t.Context(), pseudonym.Use{Recipient: "nva", Purpose: "patient"}, patient(t))
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, p := range list {
				ids = append(ids, p.Key)
			}
			if got := strings.Join(ids, " "); got != want {
				t.Errorf("%s: keys %s, want %s", day, got, want)
			}
		}
	}
	before, _ := mapping.ParseDay("2024-12-31")
	if _, err := (pseudonym.Keys{old, successor}).At(before); err == nil || !strings.Contains(err.Error(), "no key is in use on 2024-12-31") {
		t.Errorf("before the first key: %v", err)
	}
}

func TestIdentifiersThatIdentifyNobody(t *testing.T) {
	tests := []struct {
		system, value string
		want          error
	}{
		{pseudonym.SystemBSN, "999990018", pseudonym.ErrBSN},
		{pseudonym.SystemBSN, "99999001", pseudonym.ErrBSN},
		{pseudonym.SystemBSN, "000000000", pseudonym.ErrBSN},
		{pseudonym.SystemBSN, "", pseudonym.ErrEmpty},
		{"https://epd.example/id", "", pseudonym.ErrEmpty},
	}
	for _, test := range tests {
		if _, err := pseudonym.Person(test.system, test.value); !errors.Is(err, test.want) {
			t.Errorf("%+v: %v", test, err)
		}
	}
	if _, err := (pseudonym.Identity{}).Part("devices", "k"); !errors.Is(err, pseudonym.ErrEmpty) {
		t.Errorf("part of nobody: %v", err)
	}
	if _, err := patient(t).Part("devices", ""); !errors.Is(err, pseudonym.ErrEmpty) {
		t.Errorf("part without key: %v", err)
	}
	if _, err := at(t, "2026-01-01", key("k", some(1), "", "")).Pseudonyms(t.Context(), pseudonym.Use{}, pseudonym.Identity{}); !errors.Is(err, pseudonym.ErrEmpty) {
		t.Errorf("pseudonym of nobody: %v", err)
	}
}

// Different identities or uses never give the same pseudonym, however their parts are cut.
func TestPseudonymsTellEverythingApart(t *testing.T) {
	h := at(t, "2026-01-01", key("k", some(1), "", ""))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`ab|"\{},: é`)))
		draw := func(name string) (pseudonym.Use, [3]string) {
			var parts [3]string
			for i := range parts {
				parts[i] = text.Draw(t, fmt.Sprint(name, i))
			}
			return pseudonym.Use{Recipient: text.Draw(t, name+"r"), Scope: text.Draw(t, name+"s"), Purpose: text.Draw(t, name+"p")}, parts
		}
		value := func(use pseudonym.Use, parts [3]string) string {
			identity, err := pseudonym.Person("urn:"+parts[0], "v"+parts[1])
			if err == nil {
				identity, err = identity.Part(parts[1], "k"+parts[2])
			}
			if err != nil {
				t.Fatal(err)
			}
			list, err := h.Pseudonyms(t.Context(), use, identity)
			if err != nil {
				t.Fatal(err)
			}
			return list[0].Value
		}
		useA, a := draw("a")
		useB, b := draw("b")
		same := useA == useB && a == b
		if (value(useA, a) == value(useB, b)) != same {
			t.Fatalf("%v %q and %v %q", useA, a, useB, b)
		}
	})
}

func TestPseudonymsAreMadeConcurrently(t *testing.T) {
	h := at(t, "2026-01-01", key("k", some(1), "", ""))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for k := range 50 {
				use := pseudonym.Use{Recipient: "nva", Purpose: fmt.Sprint((i + k) % 5)}
				if list, err := h.Pseudonyms(t.Context(), use, patient(t)); err != nil || len(list) != 1 {
					t.Error(list, err)
				}
			}
		})
	}
	group.Wait()
}

func keyFile(t *testing.T, content string, mode os.FileMode) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "keys.yaml")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, mode); err != nil {
		t.Fatal(err)
	}
	return file
}

var encoded = base64.StdEncoding.EncodeToString(some(7))

func TestKeyFilesThatCannotBeUsed(t *testing.T) {
	tests := []struct {
		name, content string
		mode          os.FileMode
		want          string // pattern
	}{
		{"open to the group", "- {id: a, secret: " + encoded + "}", 0o440, `others than its owner may use it \(mode 0440\): chmod 0400`},
		{"open to all", "- {id: a, secret: " + encoded + "}", 0o644, `others than its owner`},
		{"empty", "[]", 0o400, `holds no key`},
		{"no list", "id: a", 0o400, `not a list of keys`},
		{"unknown member", "- {id: a, secret: " + encoded + ", form: 2025-01-01}", 0o400, `not a list of keys .*line 1`},
		{"no secret", "- {id: a}", 0o400, `key 1: secret: must be given`},
		{"short secret", "- id: a\n  secret: c2VjcmV0\n", 0o400, `not a list of keys|secret: must be 32 bytes`},
		{"secret that is no base64", "- {id: a, secret: 'geheim!geheim!'}", 0o400, `not a list of keys|secret: must be 32 bytes`},
		{"id that is no part of a URL", "- {id: a/b, secret: " + encoded + "}", 0o400, `key 1: id: must be`},
		{"id twice", "- {id: a, secret: " + encoded + "}\n- {id: a, secret: " + encoded + "}", 0o400, `key 2: id: two keys have it`},
		{"no day", "- {id: a, secret: " + encoded + ", from: yesterday}", 0o400, `key 1: from: must be a day`},
		{"ends before it begins", "- {id: a, secret: " + encoded + ", from: 2026-01-02, until: 2026-01-01}", 0o400, `key 1: until: must not be before from`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := pseudonym.ReadKeys(keyFile(t, test.content, test.mode))
			if err == nil || !regexp.MustCompile(test.want).MatchString(err.Error()) {
				t.Fatalf("error %v does not match %q", err, test.want)
			}
			for _, secret := range []string{encoded, "c2VjcmV0", "geheim"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error holds a secret: %v", err)
				}
			}
		})
	}
	if _, err := pseudonym.ReadKeys(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestAKeyIsMadeAndKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data", "keys.yaml")
	made, err := pseudonym.Create(file, "2026-1")
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	read, err := pseudonym.ReadKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	use := pseudonym.Use{Recipient: "nva", Purpose: "patient"}
	for _, day := range []string{"1990-01-01", "2190-01-01"} {
		a, errA := at(t, day, made...).Pseudonyms(t.Context(), use, patient(t))
		b, errB := at(t, day, read...).Pseudonyms(t.Context(), use, patient(t))
		if err := errors.Join(errA, errB); err != nil || a[0] != b[0] {
			t.Errorf("%s: made %v, read %v, %v", day, a, b, err)
		}
	}
	if _, err := pseudonym.Create(file, "2026-2"); !errors.Is(err, os.ErrExist) {
		t.Errorf("made twice: %v", err)
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the file: %v, %v", left, err)
	}
}

func TestSecretsAndIdentitiesPrintAsStars(t *testing.T) {
	identity := patient(t)
	k := key("k", []byte("0123456789abcdef0123456789abcdef"), "", "")
	var out bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&out, nil))
	plain := slog.New(slog.NewTextHandler(&out, nil))
	for _, value := range []any{identity, &identity, k.Secret, &k.Secret, k, pseudonym.Keys{k}, map[string]any{"a": identity, "b": k.Secret}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
		logger.Info("", "value", value)
		plain.Info("", "value", value)
		document, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(document)
	}
	for _, hidden := range []string{testBSN, "landCode", "0123456789abcdef", "30 31 32", "48 49 50", "3031323334"} {
		if strings.Contains(out.String(), hidden) {
			t.Errorf("%q is shown in: %s", hidden, out.String())
		}
	}
	if !strings.Contains(out.String(), "***") {
		t.Error("nothing is hidden")
	}
}
