package opioid

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// directory finds treatments by reference.
type directory map[string]*treatment

func directoryOf(list []*treatment) directory {
	d := make(directory, 2*len(list))
	for _, t := range list {
		h := t.use.Resource.Head()
		if h.ID != "" {
			d[t.use.Resource.Type()+"/"+h.ID] = t
		}
		if h.Origin.FullURL != "" {
			d[h.Origin.FullURL] = t
		}
	}
	return d
}

// find follows a reference in the shapes of fhir.Chart.Resolve; nil when it leads elsewhere.
func (d directory) find(reference string) *treatment {
	if at := strings.Index(reference, "/_history/"); at > 0 {
		reference = reference[:at]
	}
	if reference == "" {
		return nil
	}
	if t := d[reference]; t != nil {
		return t
	}
	base, key := fhir.SplitReference(reference)
	t := d[key]
	if t == nil {
		return nil
	}
	if url := t.use.Resource.Head().Origin.FullURL; base != "" && strings.HasPrefix(url, "http") && !strings.HasPrefix(url, base) {
		return nil
	}
	return t
}

// replaced are the treatments that another, certainly current, prescription came
// in place of, directly or along a chain. Prescriptions that replace each other
// in a circle all stay.
func replaced(list []*treatment, known directory) map[*treatment]bool {
	hasSuccessor := make(map[*treatment]bool)
	for _, t := range list {
		if prior := known.find(t.replaces); prior != nil && t.in == yes {
			hasSuccessor[prior] = true
		}
	}
	gone := make(map[*treatment]bool)
	for _, t := range list {
		if t.in != yes || hasSuccessor[t] {
			continue
		}
		for prior := known.find(t.replaces); prior != nil && !gone[prior]; prior = known.find(prior.replaces) {
			gone[prior] = true
		}
	}
	return gone
}

// linked gathers treatments with one opioid that refer to each other, or are
// versions of one resource: they tell of the same thing.
func linked(list []*treatment, known directory) [][]*treatment {
	leader := make(map[*treatment]*treatment, len(list))
	lead := func(t *treatment) *treatment {
		for leader[t] != nil {
			t = leader[t]
		}
		return t
	}
	join := func(a, b *treatment) {
		if a, b := lead(a), lead(b); a != b && a.key.ingredient == b.key.ingredient {
			leader[b] = a
		}
	}
	for _, t := range list {
		if same := known[t.use.Resource.Type()+"/"+t.use.Resource.Head().ID]; same != nil {
			join(same, t)
		}
		for _, link := range append(t.links[:len(t.links):len(t.links)], fhir.Reference{Reference: t.replaces}) {
			if other := known.find(link.Reference); other != nil {
				join(t, other)
			}
		}
	}
	var groups [][]*treatment
	position := make(map[*treatment]int)
	for _, t := range list {
		first := lead(t)
		at, seen := position[first]
		if !seen {
			at = len(groups)
			position[first] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], t)
	}
	return groups
}
