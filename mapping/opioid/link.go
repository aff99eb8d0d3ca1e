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
			d[t.name] = t
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

// replaced marks the treatments that another, certainly current, prescription came
// in place of, directly or along a chain. Prescriptions that replace each other
// in a circle all stay.
func replaced(list []*treatment, known directory) {
	for _, t := range list {
		if prior := known.find(t.replaces); prior != nil && t.in == yes {
			prior.succeeded = true
		}
	}
	for _, t := range list {
		if t.in != yes || t.succeeded {
			continue
		}
		for prior := known.find(t.replaces); prior != nil && !prior.replaced; prior = known.find(prior.replaces) {
			prior.replaced = true
		}
	}
}

// linked gathers treatments with one opioid that refer to each other, or are
// versions of one resource: they tell of the same thing.
func linked(list []*treatment, known directory) [][]*treatment {
	for _, t := range list {
		t.join(known[t.name])
		t.join(known.find(t.replaces))
		for i := range t.links {
			t.join(known.find(t.links[i].Reference))
		}
	}
	groups := make([][]*treatment, 0, len(list))
	for _, t := range list {
		first := t.lead()
		if first.group == 0 {
			groups = append(groups, nil)
			first.group = len(groups)
		}
		members := &groups[first.group-1]
		*members = append(*members, t)
	}
	return groups
}

// lead is the treatment that stands for those that t was joined with.
func (t *treatment) lead() *treatment {
	for t.leader != nil {
		t = t.leader
	}
	return t
}

// join puts t in one group with another treatment of the same opioid; nil is none.
func (t *treatment) join(other *treatment) {
	if other == nil {
		return
	}
	if a, b := t.lead(), other.lead(); a != b && a.key.ingredient == b.key.ingredient {
		b.leader = a
	}
}
