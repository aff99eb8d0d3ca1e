package profilecheck

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// found is one value of an element.
type found struct {
	value any
	path  string
	kind  string // of a choice, such as "Quantity"
}

// node checks a value against what a profile says of it and of what is in it.
func (k *check) node(n *node, value any, resource map[string]any, path string) {
	k.wanted(n, value, path)
	k.bound(n, value, path)
	k.refers(n, value, path)
	k.constrained(n, value, path)
	object, ok := value.(map[string]any)
	if !ok {
		return
	}
	for _, c := range n.children {
		k.occurrences(c, object, resource, path)
	}
}

// occurrences checks how often an element is in an object, then each occurrence.
func (k *check) occurrences(n *node, object, resource map[string]any, path string) {
	list := values(object, n.name, path)
	at := path + "." + n.name
	if n.element.Min != nil && len(list) < *n.element.Min {
		k.fault("required", at, fmt.Sprintf("occurs %d times, at least %d in this profile", len(list), *n.element.Min))
	}
	if highest, bounded := n.element.max(); bounded && len(list) > highest {
		if highest == 0 {
			k.fault("business-rule", at, "is not sent in this profile")
		} else {
			k.fault("structure", at, fmt.Sprintf("occurs %d times, at most %d in this profile", len(list), highest))
		}
	}
	counts := make(map[*node]int)
	for _, f := range list {
		if types := n.element.types(); f.kind != "" && len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return strings.EqualFold(t, f.kind) }) {
			k.fault("structure", f.path, "is of a type that this profile does not have")
		}
		k.node(n, f.value, resource, f.path)
		if slice := n.sliceOf(f, k); slice != nil {
			counts[slice]++
			k.node(slice, f.value, resource, f.path)
			k.extension(slice, f.value, resource, f.path)
		} else if n.element.Slicing != nil && n.element.Slicing.Rules == "closed" {
			k.fault("business-rule", f.path, "is none of those that this profile has")
		}
	}
	for _, slice := range n.slices {
		if least := slice.element.Min; least != nil && counts[slice] < *least {
			k.fault("required", at, fmt.Sprintf("%s occurs %d times, at least %d in this profile", slice.name, counts[slice], *least))
		}
		if highest, bounded := slice.element.max(); bounded && counts[slice] > highest {
			k.fault("structure", at, fmt.Sprintf("%s occurs %d times, at most %d in this profile", slice.name, counts[slice], highest))
		}
	}
}

// values are the occurrences of an element in an object; those of "value[x]" by type.
func values(object map[string]any, name, path string) []found {
	if base, choice := strings.CutSuffix(name, "[x]"); choice {
		var list []found
		for key, value := range object {
			if kind, ok := strings.CutPrefix(strings.TrimPrefix(key, "_"), base); ok && kind != "" && unicode.IsUpper(rune(kind[0])) {
				list = append(list, found{value, path + "." + key, kind})
			}
		}
		return list
	}
	value, ok := object[name]
	if !ok {
		if value, ok = object["_"+name]; !ok {
			return nil
		}
	}
	many, ok := value.([]any)
	if !ok {
		return []found{{value: value, path: path + "." + name}}
	}
	list := make([]found, len(many))
	for i, v := range many {
		list[i] = found{value: v, path: fmt.Sprintf("%s.%s[%d]", path, name, i)}
	}
	return list
}

// sliceOf is the slice that a value belongs to; nil when none.
func (n *node) sliceOf(f found, k *check) *node {
	if n.element.Slicing == nil {
		return nil
	}
	for _, slice := range n.slices {
		if slices.IndexFunc(n.element.Slicing.Discriminator, func(d struct {
			Type string `json:"type"`
			Path string `json:"path"`
		}) bool {
			return !slice.discerned(d.Type, d.Path, f)
		}) < 0 {
			return slice
		}
	}
	return nil
}

// discerned reports whether a value has what a discriminator wants of a slice.
func (n *node) discerned(by, path string, f found) bool {
	if by == "type" {
		return f.kind != "" && slices.ContainsFunc(n.element.types(), func(t string) bool { return strings.EqualFold(t, f.kind) })
	}
	object, ok := f.value.(map[string]any)
	if !ok {
		return false
	}
	if url := n.extensionURL(); url != "" && path == "url" {
		return object["url"] == url
	}
	if whole, ok := n.element.wanted.(map[string]any); ok && whole[path] != nil {
		return matches(whole[path], object[path])
	}
	for _, c := range n.children {
		if c.name == path && c.element.wanted != nil {
			return matches(c.element.wanted, object[path])
		}
	}
	return false
}

// extensionURL is the URL of the extension that a slice is; empty when it is none.
func (n *node) extensionURL() string {
	for _, t := range n.element.Type {
		if t.Code == "Extension" && len(t.Profile) > 0 {
			url, _, _ := strings.Cut(t.Profile[0], "|")
			return url
		}
	}
	return ""
}

// extension holds an extension against its own definition.
func (k *check) extension(slice *node, value any, resource map[string]any, path string) {
	if d := k.profiles[slice.extensionURL()]; d != nil {
		k.node(d.root, value, resource, path)
	}
}

// wanted checks a fixed value or a pattern.
func (k *check) wanted(n *node, value any, path string) {
	if n.element.wanted != nil && !matches(n.element.wanted, value) {
		k.fault("value", path, "is not the value that this profile has")
	}
}

// matches reports whether a value has all that a pattern has
// (http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_).
func matches(pattern, value any) bool {
	switch pattern := pattern.(type) {
	case map[string]any:
		object, ok := value.(map[string]any)
		for name, part := range pattern {
			ok = ok && matches(part, object[name])
		}
		return ok
	case []any:
		list, ok := value.([]any)
		for _, part := range pattern {
			ok = ok && slices.ContainsFunc(list, func(v any) bool { return matches(part, v) })
		}
		return ok
	case float64:
		number, ok := value.(json.Number)
		f, err := number.Float64()
		return ok && err == nil && f == pattern
	}
	return pattern == value
}

// bound checks a required binding to a ValueSet of ours.
func (k *check) bound(n *node, value any, path string) {
	b := n.element.Binding
	if b == nil || b.Strength != "required" {
		return
	}
	url, _, _ := strings.Cut(b.ValueSet, "|")
	set, known := k.codes[url]
	if known && !inSet(set, value) {
		k.fault("code-invalid", path, "no code of the ValueSet that this profile has: "+url)
	}
}

// inSet reports whether a code, Coding or CodeableConcept is in a ValueSet.
func inSet(set codes, value any) bool {
	switch value := value.(type) {
	case string:
		return set.has("", value)
	case map[string]any:
		if list, ok := value["coding"].([]any); ok {
			return slices.ContainsFunc(list, func(v any) bool { return inSet(set, v) })
		}
		system, _ := value["system"].(string)
		code, _ := value["code"].(string)
		return system != "" && set.has(system, code)
	}
	return false
}

// refers checks where a reference leads: within the Bundle to an entry of the profile,
// elsewhere to a resource of its type.
func (k *check) refers(n *node, value any, path string) {
	var targets []string
	for _, t := range n.element.Type {
		targets = append(targets, t.TargetProfile...)
	}
	object, _ := value.(map[string]any)
	to, ok := object["reference"].(string)
	if len(targets) == 0 || !ok {
		return
	}
	if resource, here := k.entries[to]; here {
		if !slices.ContainsFunc(targets, func(target string) bool { return k.is(resource, target) }) {
			k.fault("invalid", path, "refers to an entry of another profile")
		}
		return
	}
	if strings.HasPrefix(to, "urn:") {
		k.fault("not-found", path, "refers to an entry that is not in the Bundle")
		return
	}
	name, _, _ := strings.Cut(to[strings.LastIndexByte(strings.SplitN(to, "?", 2)[0], '/')+1:], "?")
	if parts := strings.Split(strings.SplitN(to, "?", 2)[0], "/"); len(parts) >= 2 {
		name = parts[len(parts)-2]
	}
	if !slices.ContainsFunc(targets, func(target string) bool { d := k.profiles[target]; return d == nil || d.Type == name }) {
		k.fault("invalid", path, "refers to a resource of another type")
	}
}

// is reports whether a resource claims a profile, or is of the type of one we do not have.
func (k *check) is(resource map[string]any, target string) bool {
	if k.profiles[target] == nil {
		return strings.HasSuffix(target, "/"+kind(resource))
	}
	return slices.ContainsFunc(claims(resource), func(c string) bool { url, _, _ := strings.Cut(c, "|"); return url == target })
}
