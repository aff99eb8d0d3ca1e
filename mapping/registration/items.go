package registration

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Item is a part of a registration as it is kept: the JSON of one element of one of
// its lists.
type Item struct {
	// Kind is the JSON name of the list, or "patient".
	Kind string
	Origin
	JSON json.RawMessage
}

// list is one of the lists of a registration.
type list struct {
	kind  string
	items func(r *Registration) []Item
	add   func(r *Registration, body []byte) error
	merge func(into, older, newer *Registration)
	// withdraw fills the list of into with that of sent and what it takes back of known.
	withdraw func(into, known, sent *Registration, w *withdrawal)
}

// lists are the lists of a registration, in the order of its fields.
var lists = []list{
	listOf("indications", func(r *Registration) *[]Indication { return &r.Indications }),
	listOf("procedures", func(r *Registration) *[]Procedure { return &r.Procedures }),
	listOf("devices", func(r *Registration) *[]Device { return &r.Devices }),
	listOf("measurements", func(r *Registration) *[]Measurement { return &r.Measurements }),
	listOf("scores", func(r *Registration) *[]Score { return &r.Scores }),
	listOf("responses", func(r *Registration) *[]Response { return &r.Responses }),
	listOf("medications", func(r *Registration) *[]Medication { return &r.Medications }),
	listOf("complications", func(r *Registration) *[]Complication { return &r.Complications }),
	listOf("contacts", func(r *Registration) *[]Contact { return &r.Contacts }),
	listOf("team", func(r *Registration) *[]Member { return &r.Team }),
	listOf("costs", func(r *Registration) *[]Cost { return &r.Costs }),
	listOf("judgements", func(r *Registration) *[]Judgement { return &r.Judgements }),
}

func listOf[T any, P item[T]](kind string, of func(*Registration) *[]T) list {
	return list{
		kind: kind,
		items: func(r *Registration) []Item {
			all := *of(r)
			out := make([]Item, len(all))
			for i := range all {
				out[i] = Item{kind, *P(&all[i]).origin(), canonical(&all[i])}
			}
			return out
		},
		add: func(r *Registration, body []byte) error {
			var one T
			if err := json.Unmarshal(body, &one); err != nil {
				return err
			}
			*of(r) = append(*of(r), one)
			return nil
		},
		merge: func(into, older, newer *Registration) { *of(into) = union[T, P](*of(older), *of(newer)) },
		withdraw: func(into, known, sent *Registration, w *withdrawal) {
			*of(into) = union[T, P](*of(sent), withdrawn[T, P](*of(known), *of(sent), w))
		},
	}
}

// canonical is the JSON of an item. Structs have one order of fields and no item holds
// a map, so that equal items have equal bytes.
func canonical(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("registration: " + err.Error()) // strings, numbers and lists of them only
	}
	return b
}

// Items goes through all parts of a registration: the patient first, without the
// identifiers, then by kind and key.
func Items(r *Registration) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		person := r.Patient
		person.Identifiers = nil
		if !yield(Item{"patient", person.Origin, canonical(&person)}) {
			return
		}
		for _, l := range lists {
			items := l.items(r)
			slices.SortStableFunc(items, func(a, b Item) int { return strings.Compare(a.Key, b.Key) })
			for _, i := range items {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// FromItems puts a registration together. The error names kind and key of an item that
// cannot be read; the patient's identifiers are not among items and must be set apart.
func FromItems(items iter.Seq[Item]) (*Registration, error) {
	r := new(Registration)
	for i := range items {
		if i.Kind == "patient" {
			if err := json.Unmarshal(i.JSON, &r.Patient); err != nil {
				return nil, fmt.Errorf("item patient %s: %w", i.Key, err)
			}
			continue
		}
		at := slices.IndexFunc(lists, func(l list) bool { return l.kind == i.Kind })
		if at < 0 {
			return nil, fmt.Errorf("item %s %s: there is no such kind", i.Kind, i.Key)
		}
		if err := lists[at].add(r, i.JSON); err != nil {
			return nil, fmt.Errorf("item %s %s: %w", i.Kind, i.Key, err)
		}
	}
	r.Sort()
	return r, nil
}

// Sort puts every list in the order of its keys.
func (r *Registration) Sort() {
	empty := new(Registration)
	for _, l := range lists {
		l.merge(r, empty, r)
	}
}

// union are the items of both by key, of one key the newer.
func union[T any, P item[T]](older, newer []T) []T {
	if len(older)+len(newer) == 0 {
		return nil
	}
	all := slices.Concat(older, newer)
	order := make([]int, len(all)) // later ones first, where versions do not tell
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := P(&all[i]).origin(), P(&all[j]).origin()
		return cmp.Or(strings.Compare(a.Key, b.Key), -a.Compare(b), j-i)
	})
	kept := make([]T, 0, len(all))
	for n, i := range order {
		if n == 0 || P(&all[i]).origin().Key != P(&all[order[n-1]]).origin().Key {
			kept = append(kept, all[i])
		}
	}
	return kept
}
