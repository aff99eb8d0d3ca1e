package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// Team is true when every group of roles is filled, each by another person.
type Team [][]string

func (t Team) eval(j *judge) finding {
	groups := make(All, len(t))
	for i, roles := range t {
		groups[i] = Has{"team", roles}
	}
	f := groups.eval(j)
	if f.truth == kleene.True && !t.filled(j, map[string]bool{}) {
		f.truth = kleene.False
		f.note = noteSamePerson
	}
	return f
}

// filled tries to give each group a person of its own, besides those taken.
func (t Team) filled(j *judge, taken map[string]bool) bool {
	if len(t) == 0 {
		return true
	}
	for _, person := range j.persons(t[0]) {
		if taken[person] {
			continue
		}
		taken[person] = true
		if t[1:].filled(j, taken) {
			return true
		}
		delete(taken, person)
	}
	return false
}

// persons are those who hold one of the roles; a role that a form states, without
// saying who, stands for somebody of its own.
func (j *judge) persons(roles []string) []string {
	var list []string
	team := j.fact("team")
	for i := range team.Values {
		role := team.Values[i].Code
		if !contains(roles, role) {
			continue
		}
		members := members(j.record.Team, role)
		if members == nil {
			members = []string{"role " + role}
		}
		list = append(list, members...)
	}
	return list
}

func members(team []mapping.Member, role string) []string {
	var list []string
	for i := range team {
		if team[i].Role == role {
			list = append(list, team[i].Person)
		}
	}
	return list
}
