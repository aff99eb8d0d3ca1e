package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// who is a patient as he was named.
type who struct {
	identifiers          []registration.Identifier // best first
	replaces, replacedBy []registration.Identifier // of other records of his
	clinic, key          string
}

// same are the patients who are kept and are this one, the one who stays first. More than one
// there are only where the sender says so, or of the others nothing is kept but an objection:
// else ErrTwo.
func (tx *Tx) same(ctx context.Context, tenant string, w who) (ids []string, err error) {
	var found [3][]string
	for i, list := range [][]registration.Identifier{w.replacedBy, w.identifiers, w.replaces} {
		if found[i], err = tx.owners(ctx, tx.keys.tokens(tenant, list)); err != nil {
			return nil, err
		}
	}
	by, own, old := found[0], found[1], found[2]
	told := slices.Concat(by, old)
	var untold, empty []string
	for _, id := range own {
		var items int
		if err := tx.db.QueryRowContext(ctx, `SELECT count(*) FROM item WHERE patient = $1`, id).Scan(&items); err != nil {
			return nil, fmt.Errorf("store: find a patient: %w", err)
		}
		switch {
		case slices.Contains(told, id):
		case items == 0 && len(own) > 1:
			empty = append(empty, id)
		default:
			untold = append(untold, id)
		}
	}
	if len(untold) > 1 || len(by) > 1 {
		return nil, ErrTwo
	}
	for _, id := range slices.Concat(by, untold, own, old, empty) {
		if !slices.Contains(ids, id) && !slices.Contains(empty, id) {
			ids = append(ids, id)
		}
	}
	return append(ids, empty...), nil
}

// twoBSNs reports whether there are two: they are of two persons, whatever a sender says.
func twoBSNs(identifiers []registration.Identifier) bool {
	first := ""
	for _, i := range identifiers {
		if i.System == registration.BSN && !unusable(i) {
			if first != "" && first != i.Value {
				return true
			}
			first = i.Value
		}
	}
	return false
}

// contradicts reports whether he cannot be the one who is kept. Of a record that is replaced
// only the BSN counts: that it had other numbers in the hospital is why it is replaced.
func (w who) contradicts(kept []registration.Identifier) bool {
	if len(w.replaces)+len(w.replacedBy) == 0 {
		return contradict(w.identifiers, kept)
	}
	others := slices.DeleteFunc(slices.Clone(kept), func(i registration.Identifier) bool { return i.System != registration.BSN })
	return contradict(w.identifiers, others)
}

// contradict reports whether a patient as sent cannot be the one who is kept: in the best
// system that both have an identifier of, none agrees. Lesser ones may change: a hospital
// gives a new number, but nobody gets another BSN, which is the best whatever the site prefers.
// A BSN that cannot be one says nothing.
func contradict(sent, kept []registration.Identifier) bool {
	sent, kept = slices.DeleteFunc(slices.Clone(sent), unusable), slices.DeleteFunc(slices.Clone(kept), unusable)
	slices.SortStableFunc(sent, func(a, b registration.Identifier) int { return cmp.Compare(behind(a), behind(b)) })
	for _, x := range sent {
		common := false
		for _, y := range kept {
			if x.System != y.System {
				continue
			}
			common = true
			if slices.ContainsFunc(sent, func(z registration.Identifier) bool { return z == y }) {
				return false
			}
		}
		if common {
			return true
		}
	}
	return false
}

// unusable reports whether an identifier can be nobody's.
func unusable(i registration.Identifier) bool {
	_, err := pseudonym.Person(i.System, i.Value)
	return err != nil
}

// behind is 0 for a BSN.
func behind(i registration.Identifier) int {
	if i.System == registration.BSN {
		return 0
	}
	return 1
}
