package telemetry

// Traceparent gives a header of that name back when it has the form that it should have
// (https://www.w3.org/TR/trace-context/#traceparent-header), else nothing: it is a caller's.
func Traceparent(header string) string {
	const form = "00-00000000000000000000000000000000-0000000000000000-00"
	if len(header) != len(form) {
		return ""
	}
	for i := range len(form) {
		hexadecimal := header[i] >= '0' && header[i] <= '9' || header[i] >= 'a' && header[i] <= 'f'
		if dash := form[i] == '-'; dash != (header[i] == '-') || !dash && !hexadecimal {
			return ""
		}
	}
	return header
}
