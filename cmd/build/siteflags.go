package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapport"
	"rapport/internal/fields"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/site"
)

// siteFlags say which site, and on which day.
type siteFlags struct {
	Site    string `default:"." placeholder:"DIR" help:"Folder of the site (${default})."`
	Content string `placeholder:"DIR" help:"Folder of the Markdown files (content in the site's folder)."`
	Theme   string `placeholder:"NAME|DIR" help:"A folder in themes/, or any folder."`
	BaseURL string `name:"base-url" placeholder:"URL" help:"Where the site will stand, such as https://x.org/guides/."`
	Drafts  bool   `help:"Include drafts."`
	At      string `placeholder:"DATE" help:"Build the site as it is on that day (today)."`

	Passphrases string `env:"RAPPORT_PASSPHRASES" placeholder:"FILE" help:"Passphrases of sealed handouts, a file outside of the site."`
}

// input is a site ready for a run.
type input struct {
	folders  []files.Folder
	settings pipeline.Settings
	content  string // folder of the Markdown files on the disk
	keys     *keyring
}

// input checks the flags and turns them into what a run needs.
func (f siteFlags) input() (input, error) {
	var in input
	today := time.Now().Format(time.DateOnly)
	if f.At != "" {
		today = f.At
	}
	date, ok := fields.ParseDate(today)
	if !ok {
		return in, usage("--at needs a date such as 2026-03-09, not %q", f.At)
	}
	if why := site.AddressFault(f.BaseURL); f.BaseURL != "" && why != "" {
		return in, usage("--base-url: the address %q %s; %s", f.BaseURL, why, site.AddressHint)
	}
	if info, err := os.Stat(f.Site); err != nil || !info.IsDir() {
		return in, usage("there is no folder %s", f.Site)
	}
	in.content = filepath.Join(f.Site, "content")
	if f.Content != "" {
		in.content = f.Content
	}
	if info, err := os.Stat(in.content); err != nil || !info.IsDir() {
		return in, usage("there is no folder %s: put Markdown files there, or run \"rapport init DIR\"", in.content)
	}
	builtin, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		return in, err
	}
	in.folders = []files.Folder{
		{At: "content", Dir: in.content},
		{At: "site.yaml", Dir: filepath.Join(f.Site, "site.yaml"), File: true},
		{At: "static", Dir: filepath.Join(f.Site, "static")},
		{At: "themes", Dir: filepath.Join(f.Site, "themes")},
	}
	name, err := f.theme(&in)
	if err != nil {
		return in, err
	}
	if err := outside(f.Passphrases, f.Site, in.content); err != nil {
		return in, err
	}
	in.keys = &keyring{file: f.Passphrases, env: os.Getenv, asked: map[string][]string{}}
	in.settings = pipeline.Settings{Builtin: builtin, Scripts: scripts(), Theme: name, BaseURL: f.BaseURL, Drafts: f.Drafts, Today: date, Sealing: in.keys.sealing()}
	return in, nil
}

// theme returns the name of the theme, and adds its folder if it is not one of the
// site's.
func (f siteFlags) theme(in *input) (string, error) {
	dir, elsewhere := filepath.Join(f.Site, "themes", f.Theme), strings.ContainsAny(f.Theme, `/\`)
	if f.Theme == "" || f.Theme == "default" {
		return f.Theme, nil
	}
	if elsewhere {
		dir = f.Theme
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() || f.Theme == "." || f.Theme == ".." {
		return "", usage("--theme: there is no theme in %s", dir)
	}
	name := filepath.Base(filepath.Clean(dir))
	if elsewhere {
		in.folders = append(in.folders, files.Folder{At: "themes/" + name, Dir: dir})
	}
	return name, nil
}

// shown turns a path of the tree into one that leads to the file from here.
func (in input) shown(path string) string {
	for _, f := range in.folders {
		if rest, ok := strings.CutPrefix(path, f.At); ok && (rest == "" || rest[0] == '/') {
			return filepath.ToSlash(filepath.Join(f.Dir, filepath.FromSlash(rest)))
		}
	}
	return path
}
