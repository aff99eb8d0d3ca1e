package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"

	"github.com/goccy/go-yaml"
)

// Load gives the settings: the defaults, with over them the file (none when empty)
// and over that the environment, as from os.Environ. Errors name the key or
// variable, and for a faulty file its line and column.
func Load(file string, environ []string) (Config, error) {
	c := Default()
	if file != "" {
		if err := c.read(file); err != nil {
			return Config{}, err
		}
	}
	if err := c.readEnvironment(environ); err != nil {
		return Config{}, err
	}
	if err := c.check(); err != nil {
		return Config{}, err
	}
	return c, nil
}

func (c *Config) read(file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	defaults := *c
	err = yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(c)
	if errors.Is(err, io.EOF) || err == nil && reflect.ValueOf(*c).IsZero() { // nothing but comments
		*c = defaults
		return nil
	}
	if err != nil {
		return fmt.Errorf("configuration: %s: %s", file, yaml.FormatError(err, false, false))
	}
	return nil
}

// keyError says which key an error is about.
func keyError(key string, err error) error {
	return fmt.Errorf("configuration: %s: %w", key, err)
}
