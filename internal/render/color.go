package render

import (
	"fmt"
	"math"
	"strconv"
)

// rgb is a colour in linear light, each part from 0 to 1.
type rgb struct{ r, g, b float64 }

// parseColor reads #rrggbb.
func parseColor(s string) (rgb, bool) {
	if len(s) != 7 || s[0] != '#' {
		return rgb{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return rgb{}, false
	}
	return rgb{linear(n >> 16), linear(n >> 8 & 255), linear(n & 255)}, true
}

// String returns the colour as #rrggbb.
func (c rgb) String() string {
	return fmt.Sprintf("#%02x%02x%02x", encoded(c.r), encoded(c.g), encoded(c.b))
}

// linear and encoded are the transfer function of sRGB (IEC 61966-2-1) and its
// inverse.
func linear(part uint64) float64 {
	c := float64(part) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

func encoded(c float64) uint8 {
	c = min(max(c, 0), 1)
	if c <= 0.0031308 {
		return uint8(math.Round(c * 12.92 * 255))
	}
	return uint8(math.Round((1.055*math.Pow(c, 1/2.4) - 0.055) * 255))
}

// contrast returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2).
func contrast(a, b rgb) float64 {
	light, dark := luminance(a), luminance(b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(c rgb) float64 { return 0.2126*c.r + 0.7152*c.g + 0.0722*c.b }

// moved returns the colour with its lightness moved by t, from 0 to 1, towards
// that of another (Oklab, Ottosson 2020). The hue stays as eyes see it, and the
// chroma as far as sRGB can show it: mixing in white would make a brand grey.
func moved(c rgb, lightness, t float64) rgb {
	x := oklab(c)
	x[0] += (lightness - x[0]) * t
	for out := fromOklab(x); ; out = fromOklab(x) {
		if least, most := min(out.r, out.g, out.b), max(out.r, out.g, out.b); least > -1e-3 && most < 1+1e-3 {
			return out
		}
		x[1], x[2] = x[1]*0.96, x[2]*0.96
	}
}

func fromOklab(x [3]float64) rgb {
	l, m, s := x[0]+0.3963377774*x[1]+0.2158037573*x[2], x[0]-0.1055613458*x[1]-0.0638541728*x[2], x[0]-0.0894841775*x[1]-1.2914855480*x[2]
	l, m, s = l*l*l, m*m*m, s*s*s
	return rgb{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

func oklab(c rgb) [3]float64 {
	l := math.Cbrt(0.4122214708*c.r + 0.5363325363*c.g + 0.0514459929*c.b)
	m := math.Cbrt(0.2119034982*c.r + 0.6806995451*c.g + 0.1073969566*c.b)
	s := math.Cbrt(0.0883024619*c.r + 0.2817188376*c.g + 0.6299787005*c.b)
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}
