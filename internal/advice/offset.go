package advice

import (
	"fmt"
	"strconv"
	"strings"
)

// Offset is a time counted from a date: "-3d", "+1bd", "+0d".
type Offset struct {
	Sign int    // -1 before the date, +1 after it or on it
	N    int    // 0 to 9999
	Unit string // h, d, bd (business days), w or m (months)
}

const maxOffset = 9999

// ParseOffset reads an offset. The sign must be there: without it nobody can
// tell whether "3d" is before or after. The error says what is wrong.
func ParseOffset(text string) (Offset, error) {
	sign := 1
	rest, plus := strings.CutPrefix(text, "+")
	if !plus {
		minus := false
		if rest, minus = strings.CutPrefix(strings.Replace(text, "−", "-", 1), "-"); !minus {
			return Offset{}, fmt.Errorf("it must begin with + (after the date) or - (before it)")
		}
		sign = -1
	}
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	n, err := strconv.Atoi(rest[:digits])
	if err != nil || n > maxOffset {
		return Offset{}, fmt.Errorf("a number from 0 to %d must follow the sign", maxOffset)
	}
	switch unit := rest[digits:]; unit {
	case "h", "d", "bd", "w", "m":
		if n == 0 {
			sign = 1
		}
		return Offset{sign, n, unit}, nil
	case "":
		return Offset{}, fmt.Errorf("it needs a unit")
	default:
		return Offset{}, fmt.Errorf("there is no unit %q", unit)
	}
}

// String returns the offset as it is written in a file.
func (o Offset) String() string {
	sign := "+"
	if o.Sign < 0 {
		sign = "-"
	}
	return sign + strconv.Itoa(o.N) + o.Unit
}

// Before reports whether the offset leads to a time before the date.
func (o Offset) Before() bool { return o.Sign < 0 && o.N > 0 }

// MarshalText makes an offset read in JSON as in a file.
func (o Offset) MarshalText() ([]byte, error) { return []byte(o.String()), nil }
