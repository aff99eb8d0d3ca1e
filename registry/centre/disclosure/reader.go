package disclosure

import "math"

// solve says which open cells the sums determine, as linear equations.
func (t *Table) solve() []bool {
	column, open := make([]int, len(t.cells)), []int{}
	for i := range t.cells {
		column[i] = -1
		if t.open(i) {
			column[i] = len(open)
			open = append(open, i)
		}
	}
	var rows [][]float64
	for _, s := range t.sums {
		row := make([]float64, len(open))
		used := false
		put := func(i int, sign float64) {
			if column[i] >= 0 {
				row[column[i]] += sign
				used = true
			}
		}
		put(s.total, 1)
		for _, p := range s.parts {
			put(p, -1)
		}
		if used {
			rows = append(rows, row)
		}
	}
	determined := make([]bool, len(t.cells))
	for _, row := range reduce(rows, len(open)) {
		only := -1
		for c, v := range row {
			if math.Abs(v) < tiny {
				continue
			}
			if only >= 0 {
				only = -1
				break
			}
			only = c
		}
		if only >= 0 {
			determined[open[only]] = true
		}
	}
	return determined
}

// tiny is what rounding leaves of a zero.
const tiny = 1e-9

// reduce brings rows into reduced echelon form (Gauss-Jordan).
func reduce(rows [][]float64, columns int) [][]float64 {
	top := 0
	for c := 0; c < columns && top < len(rows); c++ {
		pivot := top
		for r := top; r < len(rows); r++ {
			if math.Abs(rows[r][c]) > math.Abs(rows[pivot][c]) {
				pivot = r
			}
		}
		if math.Abs(rows[pivot][c]) < tiny {
			continue
		}
		rows[top], rows[pivot] = rows[pivot], rows[top]
		scale := rows[top][c]
		for k := range rows[top] {
			rows[top][k] /= scale
		}
		for r := range rows {
			if r == top || math.Abs(rows[r][c]) < tiny {
				continue
			}
			factor := rows[r][c]
			for k := range rows[r] {
				rows[r][k] -= factor * rows[top][k]
			}
		}
		top++
	}
	return rows[:top]
}

// bounds are the least and the most that an open cell can be, by the sums: a masked one is
// at least 1, unless a 0 had to be masked too, a hidden one at least 0. The true counts
// always lie within, so that narrowing ends.
func (t *Table) bounds() (low, high []int) {
	least := 1
	for _, c := range t.cells {
		if c.masked && c.count == 0 {
			least = 0
		}
	}
	low, high = make([]int, len(t.cells)), make([]int, len(t.cells))
	for i, c := range t.cells {
		switch {
		case c.masked:
			low[i], high[i] = least, endless
		case c.hidden:
			high[i] = endless
		default:
			low[i], high[i] = c.count, c.count
		}
	}
	for changed := true; changed; {
		changed = false
		raise := func(i, to int) {
			if to = min(to, high[i]); to > low[i] {
				low[i], changed = to, true
			}
		}
		lower := func(i, to int) {
			if to = max(to, low[i]); to < high[i] {
				high[i], changed = to, true
			}
		}
		for _, s := range t.sums {
			least, most := 0, 0
			for _, p := range s.parts {
				least, most = least+low[p], min(most+high[p], endless)
			}
			raise(s.total, least)
			if most < endless {
				lower(s.total, most)
			}
			for _, p := range s.parts {
				if high[s.total] < endless {
					lower(p, high[s.total]-(least-low[p]))
				}
				others := 0
				for _, q := range s.parts {
					if q != p {
						others = min(others+high[q], endless)
					}
				}
				if others < endless {
					raise(p, low[s.total]-others)
				}
			}
		}
	}
	return low, high
}

// endless is more than any count.
const endless = math.MaxInt32
