package profilecheck

import "strings"

// claimed: every resource claims one profile, of the registry.
func claimed(v any) bool {
	for _, e := range all(v, "entry") {
		for _, r := range all(e, "resource") {
			object, _ := r.(map[string]any)
			profiles := claims(object)
			if len(profiles) != 1 || !strings.HasPrefix(profiles[0], own("StructureDefinition/registry-")) {
				return false
			}
		}
	}
	return true
}

// requests: none in a collection, one in every other entry.
func requests(v any) bool {
	for _, e := range all(v, "entry") {
		request, resource := all(e, "request"), all(e, "resource")
		if member(v, "type") == "collection" {
			if len(request) > 0 || len(resource) == 0 || member(e, "fullUrl") == "" {
				return false
			}
		} else if len(request) == 0 || len(resource) == 0 && member(request[0], "method") != "DELETE" {
			return false
		}
	}
	return true
}

// distinct: no two entries ask the same.
func distinct(v any) bool {
	seen := make(map[string]bool)
	for _, e := range all(v, "entry") {
		for _, r := range all(e, "request") {
			asked := member(r, "method") + " " + member(r, "url") + " " + member(r, "ifNoneExist")
			if seen[asked] {
				return false
			}
			seen[asked] = true
		}
	}
	return true
}

// resolved: a reference to an entry leads to one.
func resolved(v any) bool {
	here := make(map[string]bool)
	for _, e := range all(v, "entry") {
		here[member(e, "fullUrl")] = true
	}
	return !anywhere(v, func(name string, value any) bool {
		to, ok := value.(string)
		return ok && name == "reference" && strings.HasPrefix(to, "urn:uuid:") && !here[to]
	})
}
