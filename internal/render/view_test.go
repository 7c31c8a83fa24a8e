package render

import "testing"

// Whatever writes HTML, no zero byte of it reaches a layout, where two would be
// taken for a slot.
func TestHTMLHoldsNoZeroBytes(t *testing.T) {
	if got := safe("<b>\x00header\x00</b>"); got != "<b>\uFFFDheader\uFFFD</b>" {
		t.Errorf("it is %q", got)
	}
}
