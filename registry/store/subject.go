package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// Subjects gives for each list of identifiers the id of the patient who has one of them; of
// whom nothing is kept, the id that follows from the identifier that tells him best: so that
// all that is logged of him has one id. Without an identifier it is empty.
func (r *Reader) Subjects(ctx context.Context, tenant string, subjects [][]registration.Identifier) ([]string, error) {
	all := make([]string, 0, 2*len(subjects))
	tokens := make([][]string, len(subjects))
	for i, identifiers := range subjects {
		tokens[i] = r.keys.tokens(tenant, bestFirst(identifiers))
		all = append(all, tokens[i]...)
	}
	slices.Sort(all)
	kept, err := r.keptBy(ctx, slices.Compact(all))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(subjects))
	for i, identifiers := range subjects {
		for _, token := range tokens[i] {
			ids[i] = cmp.Or(ids[i], kept[token])
		}
		if best := bestFirst(identifiers); ids[i] == "" && len(best) > 0 {
			ids[i] = r.keys.patientID(tenant, best[0])
		}
	}
	return ids, nil
}

// Aliases are the ids under which a patient with an identifier may stand in the log: the one
// he is kept under first, and those that follow from this identifier and the others that are
// kept.
func (r *Reader) Aliases(ctx context.Context, tenant string, identifier registration.Identifier) ([]string, error) {
	owners, err := r.owners(ctx, r.keys.tokens(tenant, []registration.Identifier{identifier}))
	if err != nil {
		return nil, err
	}
	ids := slices.Clone(owners)
	add := func(by registration.Identifier) {
		if id := r.keys.patientID(tenant, by); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	add(identifier)
	for _, owner := range owners {
		row, err := r.patientRow(ctx, owner, "")
		if err != nil {
			return nil, err
		}
		for _, other := range row.sealed.Identifiers {
			add(other)
		}
	}
	return ids, nil
}

// bestFirst are the identifiers that can tell a patient, the BSN first.
func bestFirst(identifiers []registration.Identifier) []registration.Identifier {
	list := slices.Clone(known(identifiers))
	slices.SortFunc(list, func(a, b registration.Identifier) int {
		if (a.System == registration.BSN) != (b.System == registration.BSN) {
			return map[bool]int{true: -1, false: 1}[a.System == registration.BSN]
		}
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Value, b.Value))
	})
	return list
}

// mostParameters is how many a statement gets at once.
const mostParameters = 500

// keptBy gives the patients that tokens lead to, by token.
func (r *Reader) keptBy(ctx context.Context, tokens []string) (map[string]string, error) {
	kept := map[string]string{}
	for some := range slices.Chunk(tokens, mostParameters) {
		args := make([]any, len(some))
		for i, token := range some {
			args[i] = token
		}
		type found struct{ token, patient string }
		query := `SELECT token, patient FROM patient_token WHERE token IN (` + parameters(1, len(some)) + `)`
		for f, err := range each(ctx, r.db, query, args, func(f *found) []any { return []any{&f.token, &f.patient} }) {
			if err != nil {
				return nil, fmt.Errorf("store: find patients: %w", err)
			}
			kept[f.token] = f.patient
		}
	}
	return kept, nil
}

// parameters are n parameters of a statement from a number on: "$3, $4".
func parameters(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(list, ", ")
}
