package validation

import (
	"fmt"
	"sort"
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

// CheckReadings reports choices that name no reading or no way to read it.
func CheckReadings(chosen map[string]string) error {
	ids := make([]string, 0, len(chosen))
	for id := range chosen {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
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
	}
	return nil
}
