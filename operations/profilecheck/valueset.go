package profilecheck

import "io/fs"

// valueSet is a ValueSet that lists codes, or takes whole systems.
type valueSet struct {
	URL     string `json:"url"`
	Compose struct {
		Include []struct {
			System  string    `json:"system"`
			Concept []concept `json:"concept"`
		} `json:"include"`
	} `json:"compose"`
}

type codeSystem struct {
	URL     string    `json:"url"`
	Concept []concept `json:"concept"`
}

type concept struct {
	Code    string    `json:"code"`
	Concept []concept `json:"concept"`
}

// codes are the codes of a ValueSet by system. A nil set is a system of others, of
// which every code is in.
type codes map[string]map[string]bool

// has reports whether a code is in, of any system for an empty one.
func (c codes) has(system, code string) bool {
	if system != "" {
		set, known := c[system]
		return known && (set == nil || set[code])
	}
	for _, set := range c {
		if set == nil || set[code] {
			return true
		}
	}
	return false
}

// folders are where CodeSystems and ValueSets stand.
var folders = []string{"terminology", "questionnaires", guide}

// loadCodes reads the ValueSets by URL.
func loadCodes(from fs.FS) (map[string]codes, error) {
	systems := make(map[string]map[string]bool)
	bySet := make(map[string]codes)
	var sets []valueSet
	for _, folder := range folders {
		found, err := load[codeSystem](from, folder, "CodeSystem")
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			systems[s.URL] = make(map[string]bool)
			gather(systems[s.URL], s.Concept)
		}
		more, err := load[valueSet](from, folder, "ValueSet")
		if err != nil {
			return nil, err
		}
		sets = append(sets, more...)
	}
	for _, s := range sets {
		list := make(codes)
		for _, include := range s.Compose.Include {
			switch {
			case len(include.Concept) == 0:
				list[include.System] = systems[include.System]
			case list[include.System] == nil:
				list[include.System] = make(map[string]bool)
			}
			if list[include.System] != nil {
				gather(list[include.System], include.Concept)
			}
		}
		bySet[s.URL] = list
	}
	return bySet, nil
}

func gather(set map[string]bool, list []concept) {
	for _, c := range list {
		set[c.Code] = true
		gather(set, c.Concept)
	}
}
