package fields

import "time"

// Date is a day as year-month-day; the zero Date ("") is no day. Dates compare
// as text.
type Date string

// ParseDate accepts a day, or a time of day after it, which is dropped.
func ParseDate(s string) (Date, bool) {
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", false
	}
	return Date(s), true
}

// Time returns midnight UTC of the day; the zero time for no day.
func (d Date) Time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}
