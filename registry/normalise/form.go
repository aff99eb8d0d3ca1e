package normalise

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"strings"
	"sync"

	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/profiles"
)

// form is the Questionnaire of an instrument: the items that can be answered.
type form struct {
	URL     string     `json:"url"`
	Version string     `json:"version"`
	Items   []formItem `json:"item"`
}

// formItem is a question.
type formItem struct {
	LinkID  string `json:"linkId"`
	Type    string `json:"type"`
	Options []struct {
		Coding struct {
			System string `json:"system"`
			Code   string `json:"code"`
		} `json:"valueCoding"`
	} `json:"answerOption"`
}

// forms are the Questionnaires of the instruments by canonical. The other forms of ours are
// not sent: they ask for more than a registry gets, such as a date of birth.
var forms = sync.OnceValues(func() (map[string]*form, error) {
	byURL := make(map[string]*form, len(prom.Instruments))
	for _, i := range prom.Instruments {
		file := "questionnaires/Questionnaire-" + i.ID + ".json"
		document, err := fs.ReadFile(profiles.FS, file)
		if err != nil {
			return nil, err
		}
		var f form
		if err := json.Unmarshal(document, &f); err != nil {
			return nil, fmt.Errorf("profiles: %s: %w", file, err)
		}
		byURL[i.Canonical()] = &f
	}
	return byURL, nil
})

// formOf is the form of a canonical, with or without version; nil when it is that of no
// instrument.
func formOf(canonical string) (*form, error) {
	all, err := forms()
	url, _, _ := strings.Cut(canonical, "|")
	return all[url], err
}

// questions are the items of the instruments by linkId.
var questions = func() map[string]*prom.Item {
	byID := make(map[string]*prom.Item)
	for _, i := range prom.Instruments {
		for k := range i.Items {
			byID[i.Items[k].ID] = &i.Items[k]
		}
	}
	return byID
}()

// within reports whether a number can be an answer to the item.
func (i *formItem) within(number string) bool {
	q := questions[i.LinkID]
	if q == nil || !decimal.MatchString(number) {
		return false
	}
	value, _ := new(big.Rat).SetString(number)
	return value.Cmp(big.NewRat(q.Min, 1)) >= 0 && value.Cmp(big.NewRat(q.Max, 1)) <= 0
}

// option is the code of a PROM's option with a value, where the item has it.
func (i *formItem) option(value string) (string, bool) {
	for _, o := range i.Options {
		if o.Coding.System == prom.OptionSystem && o.Coding.Code == value {
			return o.Coding.Code, true
		}
	}
	return "", false
}
