package validation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// effectsByReading says which readings change what a criterion does to the
// verdict; the empty key is the default of the reading.
var effectsByReading = []struct {
	reading, key string
	criteria     []string // ids; "*x" is every id that holds x
	effect       standpunt.Effect
}{
	{"A03", "advisory", []string{"*-cons-", "*-minv-", "*-inv-"}, standpunt.NoEffect},
	{"A07", "", []string{"crps-cons-dmso-gt1y", "crps-cons-nac", "pdn-minv-tens", "pdn-minv-sympathetic-block", "sfn-cons-capsaicin"}, standpunt.NoEffect},
	{"A08", "exclusion-with-override", []string{"excl-bmi-35"}, standpunt.Decisive},
	{"A08", "ignore", []string{"excl-bmi-35"}, standpunt.NoEffect},
	{"A09", "exclusion", []string{"opioid-med-below-90"}, standpunt.Decisive},
	{"A09", "warning", []string{"opioid-med-below-90"}, standpunt.Warning},
	{"A16", "soft", []string{"fnss-pain-predominant"}, standpunt.Warning},
	{"A18", "everyone", []string{"agreement-6a-scs-not-indicated"}, standpunt.Coverage},
	{"A25", "invalid", []string{"trial-extension"}, standpunt.Decisive},
}

// readingsOf names the readings an entry rests on, as "A35=calendar-months".
func readingsOf(entry *standpunt.Criterion, chosen map[string]string) string {
	parts := make([]string, 0, len(entry.Readings))
	for _, id := range entry.Readings {
		key, ok := chosen[id]
		if !ok {
			r, found := standpunt.FindReading(id)
			if !found {
				panic(fmt.Sprintf("validation: %s rests on reading %s, which is not in the catalogue", entry.ID, id))
			}
			key = r.Default.Key
		}
		parts = append(parts, id+"="+key)
	}
	return strings.Join(parts, ", ")
}

// undecidable are the ways to read that rest on data which no form asks, so that a
// site cannot choose them.
var undecidable = []string{"A01=latest", "A02=any-four-days", "A11=await-advice", "A12=anticoagulants-only", "A17=mirror-fbss",
	"A28=nrs-unweighted", "A31=attacks-up-30", "A35=since-last-operation", "A36=one-base", "A40=four-weeks", "A41=four-in-total",
	"A42=feet-only", "A43=no-effect", "A44=assume-by-size"}

// CheckReadings reports choices that name no reading, no way to read it, or one
// that cannot be judged from the data there are.
func CheckReadings(chosen map[string]string) error {
	for _, id := range slices.Sorted(maps.Keys(chosen)) {
		r, ok := standpunt.FindReading(id)
		if !ok {
			return fmt.Errorf("reading %s does not exist", id)
		}
		if _, ok := r.Choice(chosen[id]); !ok {
			keys := []string{r.Default.Key}
			for _, c := range r.Alternatives {
				keys = append(keys, c.Key)
			}
			return fmt.Errorf("reading %s has no way %q; it has: %s", id, chosen[id], strings.Join(keys, ", "))
		}
		if slices.Contains(undecidable, id+"="+chosen[id]) {
			return fmt.Errorf("reading %s cannot be taken as %q: it rests on data that no form asks", id, chosen[id])
		}
	}
	return nil
}

// departures are the choices that are not the default of their reading.
func departures(chosen map[string]string) map[string]string {
	var list map[string]string
	for id, key := range chosen {
		if r, ok := standpunt.FindReading(id); ok && r.Default.Key != key {
			if list == nil {
				list = map[string]string{}
			}
			list[id] = key
		}
	}
	return list
}
