package disclosure_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/registry/centre/disclosure"
)

// masked masks a total with parts, and says which are withheld.
func masked(total int, parts ...int) []bool {
	var t disclosure.Table
	cells := []int{t.Cell(total)}
	for _, p := range parts {
		cells = append(cells, t.Cell(p))
	}
	t.Sum(cells[0], cells[1:]...)
	t.Mask()
	var list []bool
	for _, c := range cells {
		list = append(list, t.Masked(c))
	}
	return list
}

func TestMask(t *testing.T) {
	const (
		told = false
		kept = true
	)
	for _, test := range []struct {
		name  string
		total int
		parts []int
		want  []bool // total, parts
	}{
		{"nothing small", 30, []int{10, 20}, []bool{told, told, told}},
		{"none is not small", 30, []int{30, 0}, []bool{told, told, told}},
		{"one small takes the next smallest along", 33, []int{3, 10, 20}, []bool{told, kept, kept, told}},
		{"two small cover each other", 27, []int{3, 4, 20}, []bool{told, kept, kept, told}},
		{"two ones do not: 2 is only 1 and 1", 22, []int{1, 1, 20}, []bool{told, kept, kept, kept}},
		{"a small one that is all", 3, []int{3, 0}, []bool{kept, kept, told}},
		{"a small one beside nothing takes the total along", 3, []int{3}, []bool{kept, kept}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := masked(test.total, test.parts...)
			for i := range got {
				if got[i] != test.want[i] {
					t.Fatalf("withheld %v, want %v", got, test.want)
				}
			}
		})
	}
}

// A rest that is not told and follows from what is, is protected too.
func TestHiddenRestIsProtected(t *testing.T) {
	var table disclosure.Table
	denominator, numerator, rest := table.Cell(100), table.Cell(98), table.Hidden(2)
	table.Sum(denominator, numerator, rest)
	table.Mask()
	if !table.Masked(numerator) && !table.Masked(denominator) {
		t.Error("98 of 100 tells of the other two")
	}
}

// Whatever the counts: of every count from 1 to 4 there are at least two values that agree
// with all that is told. Checked by trying them all.
func TestNoSmallCountCanBeComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 2).Draw(t, "rows")
		columns := rapid.IntRange(1, 4/rows).Draw(t, "columns")
		count := make([][]int, rows+1) // the last row and column are the totals
		for r := range count {
			count[r] = make([]int, columns+1)
		}
		for r := range rows {
			for c := range columns {
				n := rapid.IntRange(0, 7).Draw(t, "count")
				count[r][c] = n
				count[r][columns] += n
				count[rows][c] += n
				count[rows][columns] += n
			}
		}
		var table disclosure.Table
		cells := make([][]int, rows+1)
		for r := range cells {
			for c := range columns + 1 {
				cells[r] = append(cells[r], table.Cell(count[r][c]))
			}
			table.Sum(cells[r][columns], cells[r][:columns]...)
		}
		for c := range columns + 1 {
			var parts []int
			for r := range rows {
				parts = append(parts, cells[r][c])
			}
			table.Sum(cells[rows][c], parts...)
		}
		table.Mask()
		least := 1
		for r := range cells {
			for c, cell := range cells[r] {
				if table.Masked(cell) && count[r][c] == 0 {
					least = 0
				}
			}
		}
		possible := agreeing(rows, columns, func(r, c, n int) bool {
			if table.Masked(cells[r][c]) {
				return n >= least
			}
			return n == count[r][c]
		})
		for r := range rows + 1 {
			for c := range columns + 1 {
				if n := count[r][c]; n >= 1 && n < disclosure.Smallest {
					if !table.Masked(cells[r][c]) {
						t.Fatalf("%d is told", n)
					}
					if len(possible[[2]int{r, c}]) < 2 {
						t.Fatalf("row %d, column %d of %v can only be %v", r, c, count, possible[[2]int{r, c}])
					}
				}
			}
		}
	})
}

// agreeing fills in all tables that agree with what is told, with counts up to 9 in the
// inner cells, and gives the values that each cell takes in them.
func agreeing(rows, columns int, told func(r, c, n int) bool) map[[2]int]map[int]bool {
	values := map[[2]int]map[int]bool{}
	n := rows * columns
	inner := make([]int, n)
	var fill func(int)
	fill = func(i int) {
		if i < n {
			r, c := i/columns, i%columns
			for v := range 10 {
				if told(r, c, v) {
					inner[i] = v
					fill(i + 1)
				}
			}
			return
		}
		full := map[[2]int]int{}
		for i, v := range inner {
			r, c := i/columns, i%columns
			full[[2]int{r, c}] += v
			full[[2]int{r, columns}] += v
			full[[2]int{rows, c}] += v
			full[[2]int{rows, columns}] += v
		}
		for at, v := range full {
			if !told(at[0], at[1], v) {
				return
			}
		}
		for at, v := range full {
			if values[at] == nil {
				values[at] = map[int]bool{}
			}
			values[at][v] = true
		}
	}
	fill(0)
	return values
}
