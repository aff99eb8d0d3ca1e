package config

import (
	"errors"
	"fmt"
	"net"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"github.com/pijnpoort/pijnpoort/mapping/opioid"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/validation"
)

// ours are our own validations; an error says what is wrong.
var ours = map[string]func(value any) error{
	"readings":        func(value any) error { return validation.CheckReadings(value.(map[string]string)) },
	"promrules":       func(value any) error { return prom.Config{Rules: value.(map[string]string)}.Check() },
	"listen":          func(value any) error { return checkListen(value.(string)) },
	"medtable":        func(value any) error { return checkMEDTable(value.(string)) },
	"hookclients":     func(value any) error { return checkHookClients(value.([]HookClient)) },
	"fhirservers":     func(value any) error { return checkFHIRServers(value.([]string)) },
	"server":          func(value any) error { return checkServer(value.(string)) },
	"hooklinks":       func(value any) error { return checkHookLinks(value.([]HookLink)) },
	"hookrate":        checkHookRate,
	"term":            func(value any) error { return checkTerm(value.(int)) },
	"database":        func(value any) error { return checkDatabase(value.(string)) },
	"origins":         func(value any) error { return checkOrigins(value.([]string)) },
	"clinic":          func(value any) error { return checkClinic(value.(string)) },
	"registrytargets": func(value any) error { return checkTargets(value.([]RegistryTarget)) },
}

func checkListen(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return errors.New("must be host:port, the host a name, an address or empty for all")
	}
	return nil
}

func checkMEDTable(name string) error {
	var known []string
	for _, t := range opioid.Tables() {
		known = append(known, t.ID)
	}
	if !slices.Contains(known, name) {
		return fmt.Errorf("no table %q; there are: %s", name, strings.Join(known, ", "))
	}
	return nil
}

// checker is the validator with our own validations, registered once.
var checker = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("yaml") })
	for name, check := range ours {
		valid := func(field validator.FieldLevel) bool { return check(field.Field().Interface()) == nil }
		if err := v.RegisterValidation(name, valid); err != nil {
			panic(err) // the names are constants
		}
	}
	return v
})

// rules are the standard validations in words; %s is their parameter.
var rules = map[string]string{
	"oneof":    "must be one of: %s",
	"gt":       "must be more than %s",
	"lte":      "must be at most %s",
	"dir":      "must be a folder that exists",
	"file":     "must be a file that exists",
	"uri":      "must be an absolute URI",
	"required": "must be given",
}

// check validates all settings and reports every fault by its key.
func (c Config) check() error {
	var faults validator.ValidationErrors
	if !errors.As(checker().Struct(c), &faults) {
		return nil
	}
	errs := make([]error, len(faults))
	for i, f := range faults {
		_, key, _ := strings.Cut(f.Namespace(), ".")
		errs[i] = keyError(key, fault(f))
	}
	return errors.Join(errs...)
}

func fault(f validator.FieldError) error {
	if check := ours[f.Tag()]; check != nil {
		return check(f.Value())
	}
	words := rules[f.Tag()]
	if strings.Contains(words, "%s") {
		words = fmt.Sprintf(words, f.Param())
	}
	return errors.New(words)
}
