package main

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/config"
)

// TestSettingsAreDescribed holds docs/settings.md to the settings there are: each stands in
// it, and nothing else does.
func TestSettingsAreDescribed(t *testing.T) {
	text, err := os.ReadFile("../../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	whole, targets, found := strings.Cut(string(text), "\n## Registries\n")
	if !found {
		t.Fatal("no section on registries")
	}
	for about, c := range map[string]struct {
		text string
		of   reflect.Type
	}{"settings": {whole, reflect.TypeFor[config.Config]()}, "keys of a target": {targets, reflect.TypeFor[config.RegistryTarget]()}} {
		var described []string
		for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|").FindAllStringSubmatch(c.text, -1) {
			for _, key := range regexp.MustCompile("`([A-Za-z.]+)`").FindAllStringSubmatch(row[1], -1) {
				described = append(described, key[1])
			}
		}
		real := keysOf(c.of, "")
		for _, key := range real {
			if !slices.Contains(described, key) && key != "registry.targets" {
				t.Errorf("%s: %s is not described", about, key)
			}
		}
		for _, key := range described {
			if !slices.Contains(real, key) {
				t.Errorf("%s: %s does not exist", about, key)
			}
		}
	}
}

// keysOf are the keys of a type of settings; a list or map is one key.
func keysOf(of reflect.Type, under string) []string {
	var keys []string
	for field := range of.NumField() {
		f := of.Field(field)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			keys = append(keys, keysOf(f.Type, under)...)
		case f.Type.Kind() == reflect.Struct:
			keys = append(keys, keysOf(f.Type, under+name+".")...)
		default:
			keys = append(keys, under+name)
		}
	}
	return keys
}
