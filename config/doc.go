// Package config is what a site sets: a YAML file, environment variables over
// it, and defaults under it.
//
// Every key is also a variable: PIJNPOORT_ and the key in capitals, its parts
// joined by underscores (site.medTable is PIJNPOORT_SITE_MED_TABLE). The value
// of a variable is YAML, so that PIJNPOORT_SITE_READINGS="{A05: pair-or-last}"
// works. An unknown key or variable is an error: a misspelt setting must not go
// unnoticed.
package config
