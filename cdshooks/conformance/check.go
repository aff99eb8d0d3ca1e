package conformance

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// shape says what a value must be; faults are "path: what is wrong".
type shape func(c *checker, path string, value any)

// checker gathers faults.
type checker struct{ faults []string }

func (c *checker) fault(path, format string, arguments ...any) {
	c.faults = append(c.faults, path+": "+fmt.Sprintf(format, arguments...))
}

// member is a member of an object.
type member struct {
	shape    shape
	required bool
}

func required(s shape) member { return member{s, true} }
func optional(s shape) member { return member{s, false} }

// object is an object with these members and no others, but for an extension; rules
// check what holds between its members.
func object(members map[string]member, rules ...func(c *checker, path string, object map[string]any)) shape {
	return func(c *checker, path string, value any) {
		o, ok := value.(map[string]any)
		if !ok {
			c.fault(path, "must be an object")
			return
		}
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if _, there := o[name]; !there && members[name].required {
				c.fault(path+"."+name, "is missing")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(o)) {
			m, known := members[name]
			switch {
			case isEmpty(o[name]) && !allowedEmpty[path+"."+name]:
				c.fault(path+"."+name, "is null or empty")
			case known:
				m.shape(c, path+"."+name, o[name])
			case name == "extension":
				extension(c, path+".extension", o[name])
			default:
				c.fault(path+"."+name, "is not in the specification")
			}
		}
		for _, rule := range rules {
			rule(c, path, o)
		}
	}
}

// allowedEmpty are the lists that say by being empty that there is nothing.
var allowedEmpty = map[string]bool{"$.cards": true, "$.services": true}

// isEmpty reports whether a value is null, or a string, array or object without content.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// array is an array of items of one shape.
func array(item shape) shape {
	return func(c *checker, path string, value any) {
		list, ok := value.([]any)
		if !ok {
			c.fault(path, "must be an array")
			return
		}
		for i, v := range list {
			item(c, fmt.Sprintf("%s[%d]", path, i), v)
		}
	}
}

// text is a string for which all checks give no fault.
func text(checks ...func(string) string) shape {
	return func(c *checker, path string, value any) {
		s, ok := value.(string)
		if !ok {
			c.fault(path, "must be a string")
			return
		}
		for _, check := range checks {
			if fault := check(s); fault != "" {
				c.fault(path, "%s", fault)
			}
		}
	}
}

func boolean(c *checker, path string, value any) {
	if _, ok := value.(bool); !ok {
		c.fault(path, "must be true or false")
	}
}

// extension is an object; what is in it is by arrangement.
func extension(c *checker, path string, value any) {
	if _, ok := value.(map[string]any); !ok {
		c.fault(path, "must be an object")
	}
}

// check reads a document and checks its shape.
func check(document []byte, s shape) []string {
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		return []string{"$: is not JSON"}
	}
	c := &checker{}
	s(c, "$", value)
	return c.faults
}
