package theme

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// Asset is a file that pages load. Its name in the site holds a hash of its
// bytes, so that browsers can keep it for ever.
type Asset struct {
	Name string // in the theme, such as style.css
	Path string // in the site, such as assets/style.3f2a91c04b7d.css
	File files.File
}

// reference finds what style sheets and scripts load by relative name:
// url("./x.svg") and import … from "./x.js".
var reference = regexp.MustCompile(`(["'(])\./([A-Za-z0-9][A-Za-z0-9._/-]*)(["')])`)

// assets names each file after its bytes. Where a style sheet or script loads
// another asset by "./name", the name is replaced by the hashed one, inner
// files first.
func (t *Theme) assets(byName map[string]files.File) (diag.List, error) {
	b := assetBuilder{in: byName, done: map[string]Asset{}, busy: map[string]bool{}}
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, err := b.build(name); err != nil {
			return b.diags, err
		}
	}
	t.Assets = b.done
	return b.diags, nil
}

type assetBuilder struct {
	in    map[string]files.File
	done  map[string]Asset
	busy  map[string]bool
	diags diag.List
}

func (b *assetBuilder) build(name string) (Asset, error) {
	if a, ok := b.done[name]; ok {
		return a, nil
	}
	f := b.in[name]
	if b.busy[name] {
		b.diags.Error(diag.File("assets/"+name), "let one of them not load the other", "two assets load each other")
		return Asset{Name: name, Path: "assets/" + name, File: f}, nil
	}
	b.busy[name] = true
	if ext := path.Ext(name); ext == ".css" || ext == ".js" {
		data, err := f.Bytes()
		if err != nil {
			return Asset{}, err
		}
		if data, err = b.replace(name, data); err != nil {
			return Asset{}, err
		}
		f = files.Memory(name, data)
	}
	ext := path.Ext(name)
	hashed := "assets/" + strings.TrimSuffix(name, ext) + "." + f.Hash.String()[:12] + ext
	f.Path = hashed
	a := Asset{name, hashed, f}
	b.done[name] = a
	return a, nil
}

func (b *assetBuilder) replace(name string, data []byte) ([]byte, error) {
	var failed error
	out := reference.ReplaceAllFunc(data, func(m []byte) []byte {
		parts := reference.FindSubmatch(m)
		inner := path.Join(path.Dir(name), string(parts[2]))
		if _, ok := b.in[inner]; !ok {
			return m
		}
		a, err := b.build(inner)
		if err != nil {
			failed = err
			return m
		}
		hashed := "./" + path.Join(path.Dir(string(parts[2])), path.Base(a.Path))
		return bytes.Join([][]byte{parts[1], []byte(hashed), parts[3]}, nil)
	})
	return out, failed
}
