package site

import (
	"slices"
	"strings"
	"unicode"

	"rapport/internal/diag"
)

// checkNames reports files whose names not every system and server can hold.
func (s *Site) checkNames() diag.List {
	var diags diag.List
	for _, p := range s.Assets() {
		for part := range strings.SplitSeq(p, "/") {
			if why := Unportable(part); why != "" {
				diags.Error(diag.File(p), "rename it with letters, digits, hyphens and dots", "the name %q %s", part, why)
			}
		}
	}
	return diags
}

// Unportable says why a file name does not work everywhere; "" if it does.
// The rules are those of Windows, the strictest.
func Unportable(name string) string {
	switch {
	case strings.ContainsAny(name, `<>:"|?*\`) || strings.ContainsFunc(name, unicode.IsControl):
		return "holds a sign that not every system allows"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "ends in a dot or space"
	case reserved(name):
		return "is reserved on Windows"
	case len(name) > 255:
		return "is longer than 255 bytes"
	}
	return ""
}

// reserved reports whether Windows takes the name for a device, whatever its
// ending.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.TrimRight(stem, " ")
	if len(stem) < 3 || len(stem) > 7 {
		return false // as nearly all are
	}
	stem = strings.ToUpper(stem)
	for _, device := range []string{"COM", "LPT"} {
		if port, ok := strings.CutPrefix(stem, device); ok {
			return slices.Contains([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"}, port)
		}
	}
	return slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, stem)
}

// portable returns the slug with the kind of thing behind it where not every system
// can hold a file or folder of that name.
func portable(slug, kind string) string {
	if Unportable(slug) == "" {
		return slug
	}
	runes := []rune(slug)
	return string(runes[:min(len(runes), 60)]) + "-" + kind
}

// TagID returns the part of an address that stands for a tag; "" for one without
// letters.
func TagID(tag string) string { return portable(Slugify(tag), "tag") }
