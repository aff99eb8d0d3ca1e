package fhir

import "strings"

// Index prepares Resolve. Call it once all resources are in the chart.
func (c *Chart) Index() {
	c.byKey = make(map[string]Resource, 2*len(c.Resources))
	for _, r := range c.Resources {
		h := r.Head()
		if h.Origin.FullURL != "" {
			c.byKey[h.Origin.FullURL] = r
		}
		if h.ID != "" {
			key := r.Type() + "/" + h.ID
			if _, taken := c.byKey[key]; !taken {
				c.byKey[key] = r
			}
		}
	}
}

// Resolve follows a reference made by resource from, in all shapes a bundle
// may hold: contained ("#a", and "#" for the container itself), fullUrl or urn:uuid, relative ("Condition/1"),
// absolute, and each of them versioned. It returns nil when the target did not
// come along or is only known by an identifier.
func (c *Chart) Resolve(from Resource, reference Reference) Resource {
	ref := reference.Reference
	if ref == "" {
		return nil
	}
	if ref == "#" {
		return from
	}
	if ref[0] == '#' {
		for _, r := range from.Head().Contained {
			if r.Head().ID == ref[1:] {
				return r
			}
		}
		return nil
	}
	if r, ok := c.byKey[ref]; ok {
		return r
	}
	if at := strings.Index(ref, "/_history/"); at > 0 {
		ref = ref[:at]
		if r, ok := c.byKey[ref]; ok {
			return r
		}
	}
	base, key := SplitReference(ref)
	r, ok := c.byKey[key]
	if !ok {
		return nil
	}
	// An absolute reference to another server is not the resource we hold under the same id.
	if url := r.Head().Origin.FullURL; base != "" && strings.HasPrefix(url, "http") && !strings.HasPrefix(url, base) {
		return nil
	}
	return r
}

// SplitReference cuts an absolute or relative reference into the base of the
// server, empty when relative, and "Type/id". A version is left out.
func SplitReference(reference string) (base, key string) {
	reference, _, _ = strings.Cut(reference, "/_history/")
	last := strings.LastIndexByte(reference, '/')
	if last < 0 {
		return "", reference
	}
	previous := strings.LastIndexByte(reference[:last], '/')
	return reference[:previous+1], reference[previous+1:]
}
