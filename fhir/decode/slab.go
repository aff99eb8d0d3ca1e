package decode

// slab hands out values of one type from larger allocations, of which a
// document needs few.
type slab[T any] struct {
	free []T
	size int // of the last allocation
}

// take returns an empty slice with room for one value.
func (s *slab[T]) take() []T {
	if len(s.free) == 0 {
		s.size = min(max(2*s.size, 4), 64)
		s.free = make([]T, s.size)
	}
	one := s.free[:0:1]
	s.free = s.free[1:]
	return one
}
