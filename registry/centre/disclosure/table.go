package disclosure

import "math"

// Smallest is the least count above 0 that may be told.
const Smallest = 5

// Table is counts that are tied by sums. The zero value is empty.
type Table struct {
	cells []cell
	sums  []sum
}

type cell struct {
	count  int
	hidden bool // never told at all, and yet known by a sum
	masked bool
}

// sum says that a cell is the sum of others.
type sum struct {
	total int
	parts []int
}

// Cell adds a count that is told unless it must be masked, and gives its number.
func (t *Table) Cell(count int) int {
	t.cells = append(t.cells, cell{count: count})
	return len(t.cells) - 1
}

// Hidden adds a count that is not told, but follows from others, such as who of a
// denominator is not in the numerator.
func (t *Table) Hidden(count int) int {
	t.cells = append(t.cells, cell{count: count, hidden: true})
	return len(t.cells) - 1
}

// Sum ties cells: total is the sum of parts.
func (t *Table) Sum(total int, parts ...int) {
	t.sums = append(t.sums, sum{total, parts})
}

// Masked reports whether a cell must be withheld.
func (t *Table) Masked(cell int) bool { return t.cells[cell].masked }

// Mask finds which cells must be withheld.
func (t *Table) Mask() {
	for i := range t.cells {
		if c := &t.cells[i]; !c.hidden && t.sensitive(i) {
			c.masked = true
		}
	}
	for {
		exposed := t.exposed()
		if exposed < 0 || !t.cover(exposed) {
			return
		}
	}
}

func (t *Table) sensitive(i int) bool { return t.cells[i].count > 0 && t.cells[i].count < Smallest }

// open reports whether a reader is not told a cell.
func (t *Table) open(i int) bool { return t.cells[i].hidden || t.cells[i].masked }

// exposed is a sensitive cell that a reader can compute; -1 when there is none.
func (t *Table) exposed() int {
	determined := t.solve()
	low, high := t.bounds()
	for i := range t.cells {
		if t.sensitive(i) && (determined[i] || low[i] == high[i]) {
			return i
		}
	}
	return -1
}

// cover masks one more cell beside an exposed one: of the sums it is in the smallest part
// above 0, else a total, else a part of 0; false when nothing is left.
func (t *Table) cover(exposed int) bool {
	seen := map[int]bool{exposed: true}
	for queue := []int{exposed}; len(queue) > 0; queue = queue[1:] {
		best, rank := -1, math.MaxInt
		for _, s := range t.sums {
			if !s.has(queue[0]) {
				continue
			}
			for _, i := range append([]int{s.total}, s.parts...) {
				if !seen[i] && t.open(i) {
					seen[i] = true
					queue = append(queue, i)
				}
				if t.open(i) {
					continue
				}
				if r := t.rank(i, i == s.total); r < rank {
					best, rank = i, r
				}
			}
		}
		if best >= 0 {
			t.cells[best].masked = true
			return true
		}
	}
	return false
}

// rank orders candidates: parts by size, then totals by size, then what is 0.
func (t *Table) rank(i int, total bool) int {
	switch count := t.cells[i].count; {
	case count == 0:
		return math.MaxInt - 1
	case total:
		return math.MaxInt/2 + count
	default:
		return count
	}
}

func (s sum) has(cell int) bool {
	if s.total == cell {
		return true
	}
	for _, p := range s.parts {
		if p == cell {
			return true
		}
	}
	return false
}
