package fhir

import "strings"

// identity is the type and id of a resource.
type identity struct{ kind, id string }

// Index prepares Resolve. Call it once all resources are in the chart. Of two
// resources with the same type and id, the first is found.
func (c *Chart) Index() {
	c.byURL = make(map[string]Resource, len(c.Resources))
	c.byID = make(map[identity]Resource, len(c.Resources))
	c.repeats = false
	for _, r := range c.Resources {
		h := r.Head()
		url := h.Origin.FullURL
		if url == "" && strings.HasPrefix(h.ID, "urn:") {
			url = h.ID // it stands where an id should
		}
		if url != "" {
			if _, taken := c.byURL[url]; !taken {
				c.byURL[url] = r
			}
		}
		if h.ID != "" {
			key := identity{sentType(r), h.ID}
			if _, taken := c.byID[key]; taken {
				c.repeats = true
			} else {
				c.byID[key] = r
			}
		}
	}
}

// Repeats reports whether resources share a type and id, as Index found them.
func (c *Chart) Repeats() bool { return c.repeats }

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
	if r, ok := c.byURL[ref]; ok {
		return r
	}
	ref, _, _ = strings.Cut(ref, "/_history/")
	if r, ok := c.byURL[ref]; ok {
		return r
	}
	base, key := SplitReference(ref)
	kind, id, _ := strings.Cut(key, "/")
	r, ok := c.byID[identity{kind, id}]
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
