package normalise

import (
	"fmt"
	"slices"
)

// split lays entries in parts within the bounds of the target.
func (d *Delivery) split() ([][]*Entry, error) {
	target := d.normaliser.Target
	if target.MaxEntries == 0 && target.MaxBytes == 0 {
		return [][]*Entry{d.Entries}, nil
	}
	fits := func(entries []*Entry) bool {
		bytes := bundleOverhead
		for _, e := range entries {
			bytes += e.size + entryOverhead
		}
		count := len(entries) + 1 // the Provenance
		return (target.MaxEntries == 0 || count <= target.MaxEntries) && (target.MaxBytes == 0 || bytes <= target.MaxBytes)
	}
	kept := make(map[*Entry]bool, len(d.Entries))
	for _, e := range d.Entries {
		kept[e] = true
	}
	var parts [][]*Entry
	var part []*Entry
	done := make(map[*Entry]bool)
	for _, e := range d.Entries {
		if done[e] {
			continue
		}
		own := slices.DeleteFunc(closure(e), func(e *Entry) bool { return !kept[e] })
		if !fits(own) {
			return nil, fmt.Errorf("a resource of profile %s with all that it refers to is more than the target takes at once (maxEntries, maxBytes)", e.Profile)
		}
		joined := union(part, own)
		if !fits(joined) {
			parts = append(parts, part)
			joined = own
		}
		part = joined
		for _, e := range own {
			done[e] = true
		}
	}
	return append(parts, part), nil
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
