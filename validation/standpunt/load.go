package standpunt

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/go-json-experiment/json"
)

//go:embed data/*.json
var data embed.FS

const readingsFile = "data/readings.json"

type catalogue struct {
	criteria      []Criterion
	criterionByID map[string]*Criterion
	readings      []Reading
	readingByID   map[string]*Reading
}

// load panics on faulty data: they are part of the program, which cannot run without.
var load = sync.OnceValue(func() *catalogue {
	c, err := parse(data)
	if err != nil {
		panic(err)
	}
	return c
})

// parse reads the entries of every data/*.json and the readings.
func parse(files fs.FS) (*catalogue, error) {
	names, err := fs.Glob(files, "data/*.json")
	if err != nil {
		return nil, fmt.Errorf("standpunt: %w", err)
	}
	c := &catalogue{criterionByID: map[string]*Criterion{}, readingByID: map[string]*Reading{}}
	for _, name := range names {
		if name == readingsFile {
			err = parseFile(files, name, &c.readings)
		} else {
			var part []Criterion
			err = parseFile(files, name, &part)
			c.criteria = append(c.criteria, part...)
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(c.criteria, func(a, b Criterion) int { return cmp.Compare(a.Number, b.Number) })
	for i := range c.criteria {
		entry := &c.criteria[i]
		if _, twice := c.criterionByID[entry.ID]; twice {
			return nil, fmt.Errorf("standpunt: entry %q stands twice in the catalogue", entry.ID)
		}
		c.criterionByID[entry.ID] = entry
	}
	for i := range c.readings {
		reading := &c.readings[i]
		if _, twice := c.readingByID[reading.ID]; twice {
			return nil, fmt.Errorf("standpunt: reading %q stands twice in the catalogue", reading.ID)
		}
		c.readingByID[reading.ID] = reading
	}
	return c, nil
}

// parseFile is strict: an unknown or repeated key is an error.
func parseFile(files fs.FS, name string, into any) error {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("standpunt: %w", err)
	}
	if err := json.Unmarshal(b, into, json.RejectUnknownMembers(true)); err != nil {
		return fmt.Errorf("standpunt: %s: %w", name, err)
	}
	return nil
}
