package standpunt

import "slices"

// Reading is a place where the standpunt can be read in more than one way, with the
// way chosen by default. A site chooses another with the key of an alternative.
type Reading struct {
	// ID is "A00" to "A47".
	ID string `json:"id"`
	// Criteria holds the ids of the entries it bears on.
	Criteria []string `json:"criteria"`
	// Issue says what is unclear.
	Issue        Text     `json:"issue"`
	Default      Choice   `json:"default"`
	Alternatives []Choice `json:"alternatives"`
}

// Choice is one way to read a place.
type Choice struct {
	// Key is stable: a site's configuration holds it.
	Key string `json:"key"`
	Text
}

// Choice gives the choice with a key, be it the default or an alternative.
func (r Reading) Choice(key string) (Choice, bool) {
	for _, c := range append([]Choice{r.Default}, r.Alternatives...) {
		if c.Key == key {
			return c, true
		}
	}
	return Choice{}, false
}

// Readings gives all readings by id. They share their slices with the catalogue:
// read them only.
func Readings() []Reading {
	return slices.Clone(load().readings)
}

// FindReading gives the reading with an id. What it points to belongs to the
// catalogue: read it only.
func FindReading(id string) (*Reading, bool) {
	r, ok := load().readingByID[id]
	return r, ok
}
