package coverage

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// worklist are the columns of the list of codes to map. Those that a site's folder
// reads (system, code, concept) stand where a person fills them in.
var worklist = []string{"system", "code", "concept", "count", "name", "status", "suggestion1", "suggestion2", "suggestion3", "elements"}

// WriteWorklist writes the codes and texts that somebody should say the meaning of, as
// a CSV file with a column concept to fill in. Once filled in it is a file for the
// folder of a site. Codes without a system are left out: a site cannot map those.
func (r *Report) WriteWorklist(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(worklist); err != nil {
		return err
	}
	for _, c := range r.Codes {
		if !c.ToMap() || c.System == "" && c.Text == "" {
			continue
		}
		code := c.Code
		if c.Text != "" {
			code = c.Text
		}
		line := []string{c.System, code, "", strconv.Itoa(c.Count), c.Name(), string(c.Status)}
		line = append(line, c.suggestions()...)
		if err := out.Write(append(line, strings.Join(c.Elements, " "))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// suggestions are the concepts to consider, the surest first: for which the code is
// listed, of which it is a kind, that have a name like it.
func (c *Code) suggestions() []string {
	list := make([]string, 0, maxNearest)
	add := func(concept string) {
		for _, known := range list {
			if known == concept {
				return
			}
		}
		if len(list) < maxNearest {
			list = append(list, concept)
		}
	}
	for _, concept := range c.Listed {
		add(string(concept))
	}
	for _, b := range c.Below {
		add(string(b.Concept))
	}
	for _, s := range c.Nearest {
		add(string(s.Concept))
	}
	return append(list, make([]string, maxNearest-len(list))...)
}
