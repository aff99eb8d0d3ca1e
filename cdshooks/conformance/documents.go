package conformance

import (
	"fmt"
	"strings"
)

// Discovery checks what GET cds-services gives, and tells what is wrong with it.
func Discovery(document []byte) []string {
	return check(document, object(map[string]member{"services": required(array(service))}))
}

// Response checks the answer to a call, and tells what is wrong with it. drafts are
// the "Type/id" of the draft orders of the call: what may be updated or deleted.
func Response(document []byte, drafts ...string) []string {
	return check(document, object(map[string]member{
		"cards":         required(array(card(drafts))),
		"systemActions": optional(array(action(drafts, true))),
	}))
}

// service is https://cds-hooks.hl7.org/2.0/#response.
var service = object(map[string]member{
	"hook":              required(text(matching(`^[a-z][a-z0-9-]*$`, "the name of a hook"))),
	"id":                required(text(matching(`^[A-Za-z0-9._~-]+$`, "fit for a URL"))),
	"title":             required(text(oneLine)), // recommended
	"description":       required(text()),
	"prefetch":          optional(prefetch),
	"usageRequirements": optional(text()),
	"version":           optional(text(matching(`^\d+\.\d+(\.\d+)?$`, "a version of the specification"))),
})

func prefetch(c *checker, path string, value any) {
	templates, ok := value.(map[string]any)
	if !ok {
		c.fault(path, "must be an object")
	}
	for key, query := range templates {
		text(prefetchQuery)(c, path+"."+key, query)
	}
}

// card is https://cds-hooks.hl7.org/2.0/#card-attributes. Its uuid is optional there,
// but without it there is no feedback.
func card(drafts []string) shape {
	return object(map[string]member{
		"uuid":              required(text(uuid4)),
		"summary":           required(text(below(140), oneLine)),
		"detail":            optional(text(noHTML)),
		"indicator":         required(text(oneOf("info", "warning", "critical"))),
		"source":            required(source),
		"suggestions":       optional(array(suggestion(drafts))),
		"selectionBehavior": optional(text(oneOf("any", "at-most-one"))),
		"overrideReasons":   optional(array(coding(true))),
		"links":             optional(array(link)),
	}, func(c *checker, path string, card map[string]any) {
		if card["suggestions"] != nil && card["selectionBehavior"] == nil {
			c.fault(path+".selectionBehavior", "is missing beside suggestions")
		}
		if list, _ := card["suggestions"].([]any); card["selectionBehavior"] == "at-most-one" {
			recommended := 0
			for _, s := range list {
				if o, _ := s.(map[string]any); o["isRecommended"] == true {
					recommended++
				}
			}
			if recommended > 1 {
				c.fault(path+".suggestions", "recommends several of which one may be chosen")
			}
		}
	})
}

// noHTML asks for Markdown without raw HTML, which clients show or drop as they like.
func noHTML(s string) string {
	if strings.Contains(s, "<") {
		return "holds HTML"
	}
	return ""
}

// source is https://cds-hooks.hl7.org/2.0/#source. Its topic is optional there; the
// implementation guides that build on it ask for it.
var source = object(map[string]member{
	"label": required(text(oneLine)),
	"url":   optional(text(absoluteURL)),
	"icon":  optional(text(absoluteURL)),
	"topic": required(coding(false)),
})

// coding is https://cds-hooks.hl7.org/2.0/#coding.
func coding(display bool) shape {
	return object(map[string]member{
		"system": required(text(uri)), "code": required(text(oneLine)), "display": {text(oneLine), display},
	})
}

// suggestion is https://cds-hooks.hl7.org/2.0/#suggestion.
func suggestion(drafts []string) shape {
	return object(map[string]member{
		"label":         required(text(oneLine)),
		"uuid":          required(text(uuid4)),
		"isRecommended": optional(boolean),
		"actions":       optional(array(action(drafts, false))),
	})
}

// action is https://cds-hooks.hl7.org/2.0/#action.
func action(drafts []string, system bool) shape {
	return object(map[string]member{
		"type":        required(text(oneOf("create", "update", "delete"))),
		"description": {text(oneLine), !system},
		"resource":    optional(resource),
		"resourceId":  optional(text(matching(`^[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}$`, "a type and id"))),
	}, func(c *checker, path string, a map[string]any) {
		r, hasResource := a["resource"].(map[string]any)
		id, hasID := a["resourceId"].(string)
		target := fmt.Sprintf("%v/%v", r["resourceType"], r["id"])
		switch a["type"] {
		case "delete":
			if hasResource || !hasID {
				c.fault(path, "a deletion takes a resourceId and no resource")
			}
			target = id
		default:
			if !hasResource || hasID {
				c.fault(path, "takes a resource and no resourceId")
			}
		}
		known := false
		for _, d := range drafts {
			known = known || d == target
		}
		if a["type"] != "create" && !known {
			c.fault(path, "is about an order that is not among the drafts")
		}
	})
}

// resource is a FHIR resource with an id; of what is in it a validator of FHIR has the say.
func resource(c *checker, path string, value any) {
	r, _ := value.(map[string]any)
	kind, _ := r["resourceType"].(string)
	id, _ := r["id"].(string)
	if kind == "" || id == "" {
		c.fault(path, "must be a resource with an id")
	}
	noEmpty(c, path, value)
}

// noEmpty finds what is null or empty at any depth.
func noEmpty(c *checker, path string, value any) {
	if isEmpty(value) {
		c.fault(path, "is null or empty")
	}
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			noEmpty(c, path+"."+name, member)
		}
	case []any:
		for i, item := range v {
			noEmpty(c, fmt.Sprintf("%s[%d]", path, i), item)
		}
	}
}

// link is https://cds-hooks.hl7.org/2.0/#link, with autolaunchable as of the ballot of
// version 3.
var link = object(map[string]member{
	"label":          required(text(oneLine)),
	"url":            required(text(absoluteURL)),
	"type":           required(text(oneOf("absolute", "smart"))),
	"appContext":     optional(text()),
	"autolaunchable": optional(boolean),
}, func(c *checker, path string, l map[string]any) {
	if l["appContext"] != nil && l["type"] != "smart" {
		c.fault(path+".appContext", "goes with a smart link only")
	}
})
