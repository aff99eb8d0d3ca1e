package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Item is one thing that is registered of a patient, such as a procedure.
type Item = registration.Item

// person is the kind, and in the database the key, of the item that is the person.
const person = "patient"

// kinds are those there are.
var kinds = func() map[string]bool {
	list := map[string]bool{}
	t := reflect.TypeFor[registration.Registration]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		list[name] = true
	}
	return list
}()

// errItem refuses an item that could not be read again.
var errItem = errors.New("store: an item must have a known kind, a key, and a JSON object as body")

// storedItem is a row of an item. Of a patient without items its columns are NULL.
type storedItem struct {
	kind, key, clinic, version, updated, hash, body sql.NullString
	retracted                                       sql.NullBool
}

const itemColumns = `i.kind, i.key, i.clinic, i.version, i.updated, i.hash, i.retracted, i.body`

func (i *storedItem) columns() []any {
	return []any{&i.kind, &i.key, &i.clinic, &i.version, &i.updated, &i.hash, &i.retracted, &i.body}
}

// item is the row as an item; of the person without the identifiers and the key.
func (i *storedItem) item() Item {
	return Item{Kind: i.kind.String, JSON: json.RawMessage(i.body.String), Origin: registration.Origin{
		Key: i.key.String, Version: i.version.String, Updated: i.updated.String, Clinic: i.clinic.String, Retracted: i.retracted.Bool}}
}

// check refuses an item that could not be read again.
func check(i Item) error {
	var members map[string]json.RawMessage
	if !kinds[i.Kind] || i.Key == "" || json.Unmarshal(i.JSON, &members) != nil || members == nil {
		return errItem
	}
	return nil
}

// digest tells items apart by what they say; by which version of the source makes no difference.
func digest(i Item, clinic string) string {
	var body map[string]json.RawMessage
	_ = json.Unmarshal(i.JSON, &body) // check has read it
	delete(body, "version")
	delete(body, "updated")
	canonical, _ := json.Marshal(body) // by name
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%v\n", clinic, i.Retracted)
	_, _ = sum.Write(canonical)
	return hex.EncodeToString(sum.Sum(nil))
}

// atOnce is how many items are written with one statement.
const atOnce = 50

// put writes items in place of what was there; no two of them are at one place.
func (tx *Tx) put(ctx context.Context, patient string, items []keptItem) error {
	for batch := range slices.Chunk(items, atOnce) {
		var rows []string
		args := []any{patient, at(tx.now)}
		for _, i := range batch {
			n := len(args)
			rows = append(rows, fmt.Sprintf("($1, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d, $2)", n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8))
			args = append(args, i.Kind, i.Key, i.Clinic, i.Version, i.Updated, i.digest, i.Retracted, string(i.JSON))
		}
		_, err := tx.db.ExecContext(ctx, `INSERT INTO item (patient, kind, key, clinic, version, updated, hash, retracted, body, changed_at)
			VALUES `+strings.Join(rows, ", ")+`
			ON CONFLICT (patient, kind, key) DO UPDATE SET clinic = excluded.clinic, version = excluded.version, updated = excluded.updated,
			hash = excluded.hash, retracted = excluded.retracted, body = excluded.body, changed_at = excluded.changed_at`, args...)
		if err != nil {
			return fmt.Errorf("store: keep items: %w", err)
		}
	}
	return nil
}

// withoutIdentifiers makes the item that is the person one that names nobody: its key may
// hold an identifier too.
func withoutIdentifiers(p registration.Patient) Item {
	p.Identifiers, p.Key = nil, person
	body, _ := json.Marshal(p) // words only
	return Item{Kind: person, Origin: p.Origin, JSON: body}
}

// lay lays the item that is the person over what was known of him, which a sending that
// tells less does not take away.
func lay(known, sent Item) (Item, error) {
	var older, newer registration.Registration
	if json.Unmarshal(known.JSON, &older.Patient) != nil || json.Unmarshal(sent.JSON, &newer.Patient) != nil {
		return Item{}, errItem
	}
	return withoutIdentifiers(registration.Merge(&older, &newer).Patient), nil
}

// assembly puts a patient together from rows.
type assembly struct {
	row   *patientRow
	items []Item
	err   error
}

// add takes a row of an item. What the columns know beyond the body is put into it.
func (a *assembly) add(row storedItem) {
	i := row.item()
	changes := map[string]any{}
	if i.Retracted {
		changes["retracted"] = true
	}
	if i.Clinic != a.row.Clinic {
		changes["clinic"] = i.Clinic
	}
	if len(changes) > 0 && i.Kind != person {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(i.JSON, &members); err != nil {
			a.err = errItem
			return
		}
		for name, value := range changes {
			members[name], _ = json.Marshal(value) // a word or true
		}
		i.JSON, _ = json.Marshal(members)
	}
	a.items = append(a.items, i)
}

// each goes through the items.
func (a *assembly) each() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, i := range a.items {
			if !yield(i) {
				return
			}
		}
	}
}

// patient is what the rows make.
func (a *assembly) patient() (*Patient, error) {
	if a.err != nil {
		return nil, a.err
	}
	r, err := registration.FromItems(a.each())
	if err != nil {
		return nil, errItem // the error names a key
	}
	p := a.row.Patient
	p.Registration = r
	r.Patient.Identifiers, r.Patient.Identity, r.Patient.Key = a.row.sealed.Identifiers, a.row.sealed.Identity, a.row.sealed.Key
	r.Patient.Retracted = r.Patient.Retracted || p.MergedInto != ""
	return &p, nil
}
