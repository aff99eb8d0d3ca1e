package profilecheck

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// definition is a StructureDefinition, as far as it is read.
type definition struct {
	URL          string `json:"url"`
	Version      string `json:"version"`
	Type         string `json:"type"`
	Differential struct {
		Element []element `json:"element"`
	} `json:"differential"`

	root *node
}

// element is an ElementDefinition.
type element struct {
	ID   string `json:"id"`
	Min  *int   `json:"min"`
	Max  string `json:"max"`
	Type []struct {
		Code          string   `json:"code"`
		Profile       []string `json:"profile"`
		TargetProfile []string `json:"targetProfile"`
	} `json:"type"`
	Slicing *struct {
		Discriminator []struct {
			Type string `json:"type"`
			Path string `json:"path"`
		} `json:"discriminator"`
		Rules string `json:"rules"`
	} `json:"slicing"`
	Binding *struct {
		Strength string `json:"strength"`
		ValueSet string `json:"valueSet"`
	} `json:"binding"`
	Constraint []struct {
		Key   string `json:"key"`
		Human string `json:"human"`
	} `json:"constraint"`

	wanted any // fixed[x] or pattern[x]
}

// UnmarshalJSON reads fixed[x] and pattern[x] too, whatever the type.
func (e *element) UnmarshalJSON(document []byte) error {
	type plain element
	if err := json.Unmarshal(document, (*plain)(e)); err != nil {
		return err
	}
	var all map[string]any
	if err := json.Unmarshal(document, &all); err != nil {
		return err
	}
	for name, value := range all {
		if strings.HasPrefix(name, "fixed") || strings.HasPrefix(name, "pattern") {
			e.wanted = value
		}
	}
	return nil
}

// node is what profiles say of an element, or of a slice of it.
type node struct {
	name     string // "code", "value[x]"; of a slice its name
	element  element
	children []*node
	slices   []*node
}

// child finds or makes the node of an element below.
func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	c := &node{name: name}
	n.children = append(n.children, c)
	return c
}

// slice finds or makes the node of a slice.
func (n *node) slice(name string) *node {
	for _, s := range n.slices {
		if s.name == name {
			return s
		}
	}
	s := &node{name: name}
	n.slices = append(n.slices, s)
	return s
}

// grow makes the tree of a definition.
func (d *definition) grow() {
	d.root = &node{name: d.Type}
	for _, e := range d.Differential.Element {
		at := d.root
		for _, segment := range strings.Split(e.ID, ".")[1:] {
			name, slice, sliced := strings.Cut(segment, ":")
			at = at.child(name)
			if sliced {
				at = at.slice(slice)
			}
		}
		at.element = e
	}
}

// max is the most that an element may occur; false without bound.
func (e *element) max() (int, bool) {
	n := 0
	if e.Max == "" || e.Max == "*" {
		return 0, false
	}
	if _, err := fmt.Sscan(e.Max, &n); err != nil {
		return 0, false
	}
	return n, true
}

// types are the types that a choice is restricted to.
func (e *element) types() []string {
	var list []string
	for _, t := range e.Type {
		list = append(list, t.Code)
	}
	return list
}

// load reads the resources of a type in a folder.
func load[T any](from fs.FS, folder, kind string) ([]T, error) {
	files, err := fs.Glob(from, path.Join(folder, kind+"-*.json"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	list := make([]T, len(files))
	for i, file := range files {
		document, err := fs.ReadFile(from, file)
		if err == nil {
			err = json.Unmarshal(document, &list[i])
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return list, nil
}
