package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// saveItems keeps items of a patient, each unless it is older than what is kept.
func (tx *Tx) saveItems(ctx context.Context, patient, clinic string, items []Item) (Change, error) {
	change := Change{Patient: patient}
	row, err := tx.patientRow(ctx, patient, "")
	if err != nil {
		return change, err
	}
	change.OptedOut = !row.OptedOut.IsZero()
	kept, err := tx.items(ctx, patient)
	if err != nil {
		return change, err
	}
	written := map[place]bool{}
	for _, item := range items {
		changed, err := lie(item, cmp.Or(item.Clinic, clinic), kept, &change)
		if err != nil {
			return change, err
		}
		if changed {
			written[place{item.Kind, item.Key}] = true
		}
	}
	list := make([]keptItem, 0, len(written))
	for at := range written {
		list = append(list, kept[at])
	}
	slices.SortFunc(list, func(a, b keptItem) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key)) })
	if err := tx.put(ctx, patient, list); err != nil {
		return change, err
	}
	if change.Any() {
		_, err = tx.db.ExecContext(ctx, `UPDATE patient SET updated_at = $2 WHERE id = $1`, patient, at(tx.now))
	}
	return change, err
}

// place is where an item is kept: its kind and key.
type place struct{ kind, key string }

// keptItem is an item with the digest under which it is kept.
type keptItem struct {
	Item
	digest string
}

// lie puts an item among those kept, unless it is older, and counts what that changes;
// written is whether it must be written.
func lie(item Item, clinic string, kept map[place]keptItem, change *Change) (written bool, err error) {
	at := place{item.Kind, item.Key}
	old, there := kept[at]
	late := there && item.Compare(&old.Origin) < 0
	if there && item.Kind == person { // of whom an older version may still tell more
		if item, err = lay(old.Item, item); err != nil {
			return false, err
		}
	} else if late {
		change.Older++
		return false, nil
	}
	sum := digest(item, clinic)
	switch {
	case there && old.digest == sum && late:
		change.Older++
		return false, nil
	case there && old.digest == sum:
		change.Unchanged++
		if old.Version == item.Version && old.Updated == item.Updated {
			return false, nil
		}
	case item.Retracted && (!there || !old.Retracted):
		change.Retracted++
	case there:
		change.Updated++
	default:
		change.New++
	}
	item.Clinic = clinic
	kept[at] = keptItem{item, sum}
	return true, nil
}

// items are those kept of a patient, the clinic they came from told of each.
func (r *Reader) items(ctx context.Context, patient string) (map[place]keptItem, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT `+itemColumns+` FROM item i WHERE i.patient = $1`, patient)
	if err != nil {
		return nil, fmt.Errorf("store: read items: %w", err)
	}
	defer rows.Close()
	list := map[place]keptItem{}
	for rows.Next() {
		var i storedItem
		if err := rows.Scan(i.columns()...); err != nil {
			return nil, fmt.Errorf("store: read items: %w", err)
		}
		list[place{i.kind.String, i.key.String}] = keptItem{i.item(), i.hash.String}
	}
	return list, rows.Err()
}

// merge gives the items of one patient to another, who he turned out to be, and retracts
// them where they were.
func (tx *Tx) merge(ctx context.Context, into, from string) ([]Change, error) {
	row, err := tx.patientRow(ctx, from, "")
	if err != nil {
		return nil, err
	}
	kept, err := tx.items(ctx, from)
	if err != nil {
		return nil, err
	}
	gone := Change{Patient: from, MergedInto: into}
	var items []Item
	for _, i := range kept {
		if items = append(items, i.Item); !i.Retracted {
			gone.Retracted++
		}
	}
	change, err := tx.saveItems(ctx, into, row.Clinic, items)
	if err != nil {
		return nil, err
	}
	_, err = tx.db.ExecContext(ctx, `UPDATE item SET retracted = $2, changed_at = $3 WHERE patient = $1 AND NOT retracted`, from, true, at(tx.now))
	return []Change{gone, change}, err
}
