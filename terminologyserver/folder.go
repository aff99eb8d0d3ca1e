package terminologyserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Folder holds the kinds of our codes as ValueSets, one file per concept, in the form
// that a site's own folder has.
type Folder string

// keptSet is a ValueSet as it is kept.
type keptSet struct {
	ResourceType string       `json:"resourceType"`
	ID           string       `json:"id"`
	URL          string       `json:"url"`
	Identifier   []identifier `json:"identifier"` // the edition of our lists
	Status       string       `json:"status"`
	Date         time.Time    `json:"date"` // when it was asked for
	Compose      struct {
		Include []keptCodes `json:"include"`
	} `json:"compose"`
}

type identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

type keptCodes struct {
	System  string `json:"system"`
	Concept []code `json:"concept"`
}

const editionSystem = mapping.CanonicalBase + "/NamingSystem/terminology-edition"

// stamp is the file whose time says when the folder last changed.
const stamp = "changed"

func (f Folder) file(concept terminology.Concept) string {
	return filepath.Join(string(f), string(concept)+".json")
}

// askedAt is when the kinds of a concept were asked for; zero when they are not there
// or were for another edition of our lists.
func (f Folder) askedAt(concept terminology.Concept) time.Time {
	content, err := os.ReadFile(f.file(concept))
	if err != nil {
		return time.Time{}
	}
	var set keptSet
	if json.Unmarshal(content, &set) != nil || !set.current() || set.ID != string(concept) {
		return time.Time{}
	}
	return set.Date
}

func (s *keptSet) current() bool {
	return s.ResourceType == "ValueSet" && len(s.Identifier) == 1 && s.Identifier[0] == identifier{editionSystem, edition()}
}

// keep stores the kinds of a concept, without codes of which our lists know the
// meaning. A file is there wholly or not at all.
func (f Folder) keep(concept terminology.Concept, kinds []code, at time.Time) error {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return err
	}
	set := keptSet{
		ResourceType: "ValueSet", ID: string(concept), URL: mapping.CanonicalBase + "/ValueSet/" + string(concept),
		Identifier: []identifier{{editionSystem, edition()}}, Status: "active", Date: at.UTC(),
	}
	set.Compose.Include = []keptCodes{}
	var fresh []code
	for _, c := range kinds {
		if len(terminology.Embedded().Concepts(snomed, c.Code)) == 0 {
			fresh = append(fresh, c)
		}
	}
	if len(fresh) > 0 {
		set.Compose.Include = append(set.Compose.Include, keptCodes{snomed, fresh})
	}
	content, err := json.Marshal(set, jsontext.WithIndent(" "))
	if err != nil {
		return err
	}
	return f.write(string(concept)+".json", content)
}

func (f Folder) write(name string, content []byte) error {
	part, err := os.CreateTemp(string(f), name+".part-*")
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), filepath.Join(string(f), name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

// touch says that the folder changed.
func (f Folder) touch() error { return f.write(stamp, nil) }

// changed is when the folder last changed; zero when it is not there.
func (f Folder) changed() time.Time {
	info, err := os.Stat(filepath.Join(string(f), stamp))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// load reads what is kept for this edition of our lists; nil when there is nothing. A
// file that is damaged or of another edition is taken away: it is asked for anew.
func (f Folder) load() (*terminology.Site, error) {
	entries, err := os.ReadDir(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		name, isSet := strings.CutSuffix(entry.Name(), ".json")
		if isSet && f.askedAt(terminology.Concept(name)).IsZero() {
			if err := os.Remove(filepath.Join(string(f), entry.Name())); err != nil {
				return nil, fmt.Errorf("what a terminology server said before: %w", err)
			}
		}
	}
	return terminology.Load(string(f))
}
