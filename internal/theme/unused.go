package theme

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
)

// unused warns of layouts that the built-in theme does not have and nothing asks
// for: mistyped names, mostly, and copies of pieces that a later version of the
// program does without.
func unused(sources map[string]diag.Source, builtin []string) (diags diag.List) {
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if slices.Contains(builtin, name) || mentioned(name, sources) {
			continue
		}
		diags.Warn(diag.File(sources[name].Path), meant(name, builtin), "nothing uses the layout %s", name)
	}
	return diags
}

// meant is a layout of nearly that name in the same folder, as a hint.
func meant(name string, builtin []string) string {
	folder, base := path.Split(name)
	var stems []string
	for _, other := range builtin {
		if dir, stem := path.Split(other); dir == folder {
			stems = append(stems, strings.TrimSuffix(stem, ".html"))
		}
	}
	if near := diag.Nearest(strings.TrimSuffix(base, ".html"), stems); near != "" {
		return `did you mean "` + folder + near + `.html"?`
	}
	return "delete it, or ask for it in another layout"
}

// mentioned reports whether another layout names the piece, by {{template}} or by
// .Shared. Pages never name their layout.
func mentioned(name string, sources map[string]diag.Source) bool {
	word := name
	if short, ok := strings.CutPrefix(name, "shared/"); ok {
		word = strings.TrimSuffix(short, ".html")
	} else if !strings.HasPrefix(name, "partials/") {
		return false
	}
	for other, src := range sources {
		if other != name && (bytes.Contains(src.Text, []byte(`"`+word+`"`)) || bytes.Contains(src.Text, []byte("`"+word+"`"))) {
			return true
		}
	}
	return false
}
