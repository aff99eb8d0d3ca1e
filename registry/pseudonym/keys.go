package pseudonym

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/pijnpoort/pijnpoort/mapping"
)

// Key is a key of our own. Keys replace each other in time: while two are in use
// everything has two pseudonyms, so that the registry can join them.
type Key struct {
	// ID is part of the system of every identifier that the key makes.
	ID     string `yaml:"id"`
	Secret Secret `yaml:"secret"`
	// From and Until are the first and last day of use, YYYY-MM-DD; empty is open.
	From  string `yaml:"from"`
	Until string `yaml:"until"`
}

// Keys are the keys of a site.
type Keys []Key

// keyID is what can stand in a URL as it is.
var keyID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`)

// ReadKeys reads a key file: YAML, a list of keys with id, secret (32 bytes in base64),
// from and until. It must be closed to others than its owner. Errors never hold a secret.
func ReadKeys(file string) (Keys, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, withoutPath(err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("others than its owner may use it (mode %#o): chmod 0400", mode)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, withoutPath(err)
	}
	var keys Keys
	if err := yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(&keys); err != nil {
		// The full message would show the lines around the fault, secrets among them.
		return nil, fmt.Errorf("not a list of keys with id, secret, from and until%s", place(err))
	}
	return keys, keys.check()
}

// place says where in YAML a fault is.
func place(err error) string {
	var fault yaml.Error
	if !errors.As(err, &fault) || fault.GetToken() == nil || fault.GetToken().Position == nil {
		return ""
	}
	return fmt.Sprintf(" (line %d)", fault.GetToken().Position.Line)
}

func withoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// check says what is wrong with the keys, naming the key.
func (k Keys) check() error {
	if len(k) == 0 {
		return errors.New("holds no key")
	}
	seen := make(map[string]bool)
	for i := range k {
		if err := k[i].check(seen); err != nil {
			return fmt.Errorf("key %d: %w", i+1, err)
		}
		seen[k[i].ID] = true
	}
	return nil
}

func (k *Key) check(seen map[string]bool) error {
	from, errFrom := day(k.From)
	until, errUntil := day(k.Until)
	switch {
	case !keyID.MatchString(k.ID):
		return errors.New("id: must be at most 32 letters, digits, points, dashes and underscores")
	case seen[k.ID]:
		return errors.New("id: two keys have it")
	case len(k.Secret.bytes) == 0:
		return errNoSecret
	case errFrom != nil:
		return errors.New("from: must be a day as YYYY-MM-DD")
	case errUntil != nil:
		return errors.New("until: must be a day as YYYY-MM-DD")
	case k.From != "" && k.Until != "" && until < from:
		return errors.New("until: must not be before from")
	}
	return nil
}

// day reads a day; zero for an open end.
func day(s string) (mapping.Day, error) {
	if s == "" {
		return 0, nil
	}
	return mapping.ParseDay(s)
}

// At gives the pseudonyms by the keys that are in use on a day, the one that came into
// use last being the newest.
func (k Keys) At(on mapping.Day) (*HMAC, error) {
	var active []Key
	for _, key := range k {
		from, errFrom := day(key.From)
		until, errUntil := day(key.Until)
		if err := errors.Join(errFrom, errUntil); err != nil {
			return nil, fmt.Errorf("key %s: %w", key.ID, err)
		}
		if (key.From == "" || from <= on) && (key.Until == "" || on <= until) {
			active = append(active, key)
		}
	}
	if len(active) == 0 {
		return nil, fmt.Errorf("no key is in use on %s", on)
	}
	slices.SortStableFunc(active, func(a, b Key) int {
		return cmp.Or(cmp.Compare(b.From, a.From), cmp.Compare(b.ID, a.ID)) // days sort as text
	})
	return &HMAC{keys: active}, nil
}

// Create makes a key file with one new key that is open at both ends, and gives the key.
// It fails when the file exists.
func Create(file, id string) (Keys, error) {
	key := Key{ID: id, Secret: RandomSecret()}
	if err := (Keys{key}).check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	// Written whole before it gets its name, so that nobody reads half a file.
	out, err := os.CreateTemp(filepath.Dir(file), ".keys-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(out.Name())
	_, err = fmt.Fprintf(out, "- id: %q\n  secret: %s\n", key.ID, key.Secret.base64())
	if err := errors.Join(err, out.Chmod(0o400), out.Sync(), out.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(out.Name(), file); err != nil {
		return nil, err
	}
	return Keys{key}, nil
}
