package render

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

var stroke = regexp.MustCompile(`m(-?\d+) (-?\d+)(?:\.5)?h(\d+)`)

// The drawing is read back, module by module, and compared with the code.
func TestDrawQR(t *testing.T) {
	for _, text := range []string{"https://example.org/", "https://example.org/kitchen/handouts/first-weeks-k7q2m9x4/?" + strings.Repeat("x", 300)} {
		code, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		svg := drawQR(code)
		dark := map[[2]int]bool{}
		x, y := 0, 0
		for _, m := range stroke.FindAllStringSubmatch(svg, -1) {
			dx, _ := strconv.Atoi(m[1])
			dy, _ := strconv.Atoi(m[2])
			run, _ := strconv.Atoi(m[3])
			for x, y = x+dx, y+dy; run > 0; run-- {
				dark[[2]int{x, y}] = true
				x++
			}
		}
		count := 0
		for j := range code.Size {
			for i := range code.Size {
				if code.Black(i, j) {
					count++
				}
				if dark[[2]int{i + quiet, j + quiet}] != code.Black(i, j) {
					t.Fatalf("module %d,%d of %q is wrong", i, j, text)
				}
			}
		}
		if count != len(dark) {
			t.Errorf("%d modules are dark, want %d", len(dark), count)
		}
		side := strconv.Itoa(code.Size + 2*quiet)
		if !strings.Contains(svg, `viewBox="0 0 `+side+" "+side+`"`) || strings.Contains(svg, "style") {
			t.Errorf("the picture begins %.120s", svg)
		}
	}
}
