package normalise

import (
	"fmt"
	"slices"
)

// part is what goes in one document.
type part struct {
	entries []*Entry
	least   bool // it cannot be split
}

// split lays entries in parts within the bounds of the target, and in its room where that is
// possible.
func (d *Delivery) split() ([]part, error) {
	target := d.normaliser.Target
	if target.MaxEntries == 0 && target.MaxBytes == 0 && target.Room == 0 {
		return []part{{entries: d.Entries}}, nil
	}
	kept := make(map[*Entry]bool, len(d.Entries))
	for _, e := range d.Entries {
		kept[e] = true
	}
	var parts []part
	var last part
	done := make(map[*Entry]bool)
	for _, e := range d.Entries {
		if done[e] {
			continue
		}
		own := slices.DeleteFunc(closure(e), func(e *Entry) bool { return !kept[e] })
		if !target.fits(own) {
			return nil, fmt.Errorf("a resource of profile %s with all that it refers to is more than the target takes at once (maxEntries, maxBytes)", e.Profile)
		}
		joined := part{entries: union(last.entries, own)}
		switch {
		case last.entries == nil:
			joined.least = true
		case !target.fits(joined.entries) || target.Room > 0 && size(joined.entries) > target.Room:
			parts = append(parts, last)
			joined = part{own, true}
		}
		last = joined
		for _, e := range own {
			done[e] = true
		}
	}
	return append(parts, last), nil
}

// fits reports whether entries are within the bounds of one document.
func (t *Target) fits(entries []*Entry) bool {
	count := len(entries) + 1 // the Provenance
	return (t.MaxEntries == 0 || count <= t.MaxEntries) && (t.MaxBytes == 0 || size(entries) <= t.MaxBytes)
}

// size is how many bytes a document of entries has, at most.
func size(entries []*Entry) int {
	bytes := bundleOverhead
	for _, e := range entries {
		bytes += e.size + entryOverhead
	}
	return bytes
}

// What a Bundle and an entry have in bytes beside the resources, at most: fullUrl, request
// and, for each resource, its reference in the Provenance.
const (
	bundleOverhead = 2048
	entryOverhead  = 768
)

func union(a, b []*Entry) []*Entry {
	all := slices.Clone(a)
	for _, e := range b {
		if !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, compare)
	return all
}

// closure is entries with all that they refer to, in order.
func closure(entries ...*Entry) []*Entry {
	var all []*Entry
	seen := make(map[*Entry]bool)
	var take func(e *Entry)
	take = func(e *Entry) {
		if seen[e] {
			return
		}
		seen[e] = true
		all = append(all, e)
		for _, to := range e.targets {
			take(to)
		}
	}
	for _, e := range entries {
		take(e)
	}
	slices.SortFunc(all, compare)
	return all
}

// targetsFirst puts entries after all that they refer to: servers take the entries of a
// batch in one by one, and many in the order in which they stand.
func targetsFirst(entries []*Entry) []*Entry {
	var depth func(e *Entry) int
	depth = func(e *Entry) int {
		deepest := 0
		for _, to := range e.targets {
			deepest = max(deepest, 1+depth(to))
		}
		return deepest
	}
	out := slices.Clone(entries)
	slices.SortStableFunc(out, func(a, b *Entry) int { return depth(a) - depth(b) })
	return out
}
