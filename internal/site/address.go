package site

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length in bytes at which a part of an address is cut: most file
// systems hold names of 255.
const maxSlug = 240

// Slugify turns words into the part of an address: lower case letters and
// digits of any script, everything else becomes single hyphens. Apostrophes
// vanish. The result may be empty, and is never longer than a file name can be.
func Slugify(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(words) {
		switch {
		case b.Len() >= maxSlug:
			return b.String()
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	return b.String()
}

// sameAddress is the key under which two addresses are one: file systems and
// servers differ in whether they tell case and Unicode forms apart.
func sameAddress(url string) string {
	ascii := true
	for i := range len(url) {
		if c := url[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			ascii = false
			break
		}
	}
	if ascii {
		return url
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(url)))
}

// isIndex reports whether the file stands for its folder: index.md, Hugo's
// _index.md, or the README.md of a code host.
func isIndex(name string) bool {
	switch name {
	case "index.md", "_index.md", "README.md", "readme.md", "index.markdown":
		return true
	}
	return false
}

// isMarkdown reports whether the file is Markdown.
func isMarkdown(name string) bool {
	if strings.HasSuffix(name, ".md") { // nearly all are
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return true
	}
	return false
}

// address returns the folder, slug and URL of a page from its path below
// content/. An index page has the slug of its folder.
func address(file, slug string) (folder, name, url string) {
	dir, base := path.Split(file)
	folder = slugPath(strings.TrimSuffix(dir, "/"))
	if isIndex(base) {
		return folder, path.Base("/" + folder), "/" + withSlash(folder)
	}
	if slug == "" {
		slug = fileSlug(base)
	}
	return folder, slug, "/" + withSlash(path.Join(folder, slug))
}

// fileSlug makes a slug of a file name: portable on every file system.
func fileSlug(base string) string {
	stem := strings.TrimSuffix(base, path.Ext(base))
	if s := Slugify(stem); s != "" {
		return portable(s, "page")
	}
	return "page"
}

// slugPath makes each part of a folder's path a slug.
func slugPath(dir string) string {
	if dir == "" || dir == "." {
		return ""
	}
	parts := strings.Split(dir, "/")
	for i, p := range parts {
		if parts[i] = portable(Slugify(p), "folder"); parts[i] == "" {
			parts[i] = "folder"
		}
	}
	return strings.Join(parts, "/")
}

func withSlash(p string) string {
	if p == "" {
		return ""
	}
	return p + "/"
}

// titleFrom makes a title of a file or folder name.
func titleFrom(name string) string {
	words := strings.FieldsFunc(strings.TrimSuffix(name, path.Ext(name)), func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	if len(words) == 0 {
		return "Untitled"
	}
	first := []rune(words[0])
	first[0] = unicode.ToUpper(first[0])
	words[0] = string(first)
	return strings.Join(words, " ")
}
