package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
)

const prefix = "PIJNPOORT_"

// notSettings are variables that start with our prefix but are no settings:
// Kubernetes sets those of a service named pijnpoort in every container beside it.
var notSettings = []string{prefix + "SERVICE_", prefix + "PORT"}

// FileVariable names the variable with the path of the configuration file.
const FileVariable = prefix + "CONFIG"

// setting is one key that can be set.
type setting struct {
	key   string // "site.medTable"
	value reflect.Value
}

// variable is the environment variable of a key.
func variable(key string) string {
	var b strings.Builder
	b.WriteString(prefix)
	afterLower := false
	for _, r := range key {
		switch {
		case r == '.':
			r = '_'
		case unicode.IsUpper(r) && afterLower:
			b.WriteByte('_')
		}
		afterLower = unicode.IsLower(r)
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// settings are all keys of a struct, those of the structs in it below theirs.
func settings(v reflect.Value, above string) []setting {
	var list []setting
	for i := range v.NumField() {
		key := above + v.Type().Field(i).Tag.Get("yaml")
		if field := v.Field(i); field.Kind() == reflect.Struct {
			list = append(list, settings(field, key+".")...)
		} else {
			list = append(list, setting{key, field})
		}
	}
	return list
}

func (c *Config) readEnvironment(environ []string) error {
	byVariable := map[string]setting{}
	for _, s := range settings(reflect.ValueOf(c).Elem(), "") {
		byVariable[variable(s.key)] = s
	}
	for _, entry := range slices.Sorted(slices.Values(environ)) {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, prefix) || name == FileVariable {
			continue
		}
		s, ok := byVariable[name]
		if !ok {
			if slices.ContainsFunc(notSettings, func(p string) bool { return strings.HasPrefix(name, p) }) {
				continue
			}
			return fmt.Errorf("configuration: no setting has the variable %s", name)
		}
		if err := s.set(value); err != nil {
			return fmt.Errorf("configuration: %s (%s): %s", s.key, name, yaml.FormatError(err, false, false))
		}
	}
	return nil
}

// set takes a value over whole: what the file says of a map is gone. Words are
// taken as they are, anything else is YAML.
func (s setting) set(value string) error {
	if s.value.Kind() == reflect.String {
		s.value.SetString(value)
		return nil
	}
	s.value.SetZero()
	if s.value.Kind() == reflect.Pointer {
		s.value.Set(reflect.New(s.value.Type().Elem()))
		return yaml.UnmarshalWithOptions([]byte(value), s.value.Interface(), yaml.Strict())
	}
	return yaml.UnmarshalWithOptions([]byte(value), s.value.Addr().Interface(), yaml.Strict())
}
