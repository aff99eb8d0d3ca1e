package prom

import (
	"errors"
	"fmt"
	"slices"
)

// Config holds what the standard leaves open. The zero value takes every
// default and knows no forms but our own.
type Config struct {
	// Rules chooses a missing rule or variant by score ("odi.total") or for a
	// whole instrument ("psqi"); the former wins. Scale.Rules lists what can be
	// chosen, the default first.
	Rules map[string]string
	// Site is how the site's own forms map to the instruments.
	Site Site
}

// Check reports names and values in the configuration that mean nothing.
func (c Config) Check() error {
	var errs []error
	for _, key := range sortedKeys(c.Rules) {
		name := c.Rules[key]
		scales := scalesOf(key)
		if scales == nil {
			errs = append(errs, fmt.Errorf("rules: %q is no instrument or score", key))
		}
		for _, s := range scales {
			if !slices.Contains(s.Rules, name) {
				errs = append(errs, fmt.Errorf("rules: %q cannot be chosen for %s %s; possible are %q", name, key, s.Name, s.Rules))
			}
		}
	}
	return errors.Join(append(errs, c.Site.check())...)
}

func scalesOf(key string) []Scale {
	if i := ByID(key); i != nil {
		return i.Scales
	}
	if p, ok := places[key]; ok && p.item < 0 {
		return []Scale{*p.scale}
	}
	return nil
}

// rule is the missing rule in force for a score; reason says why there is none.
func (c *Config) rule(i *Instrument, s *Scale) (name, reason string) {
	name = s.Rules[0]
	if chosen, ok := c.Rules[i.ID]; ok {
		name = chosen
	}
	if chosen, ok := c.Rules[i.ID+"."+s.Name]; ok {
		name = chosen
	}
	if !slices.Contains(s.Rules, name) {
		return s.Rules[0], "the configured rule is not one of this score"
	}
	return name, ""
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
