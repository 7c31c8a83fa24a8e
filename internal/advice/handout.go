package advice

import (
	"path"
	"regexp"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// HandoutSettings are the front matter keys of a handout.
type HandoutSettings struct {
	Client  string `key:"client" doc:"Name to show, best as initials. It must not be part of the address."`
	Coach   string `key:"coach" doc:"Id of a person; the author of the site if left out."`
	Brand   string `key:"brand" doc:"Id of a brand in the site settings; that of the site if left out."`
	Key     string `key:"key" doc:"Letters and digits in the address, so that it cannot be guessed."`
	Expires string `key:"expires" doc:"Date after which the page lists nothing."`
	Include string `key:"include" enum:"link,embed" default:"link" doc:"Link to the pages, or embed them in one that prints whole."`
	Access  string `key:"access" enum:"unlisted,passphrase" default:"unlisted" doc:"Unlisted is not private; a passphrase seals the page."`

	At map[string]diag.Pos `key:"-"`
}

// Handout is a coach's bundle for one client or group.
type Handout struct {
	Client, Coach, Brand, Key, Expires string // as in the settings
	Embed                              bool   // pages are embedded, not linked
	Sealed                             bool   // behind a passphrase
	Greeting                           []markdown.Block
	Sessions                           []Phase
}

// Steps returns the steps of all sessions in order.
func (h Handout) Steps() []Step { return allSteps(h.Sessions) }

// minKey is how many characters a key needs that cannot be tried out: at 36
// letters and digits, eight make more than 2⁴⁰ addresses.
const minKey = 8

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// ParseHandout reads a handout. Problems of the page as a whole stand at pos,
// whose file name must not give the client away.
func ParseHandout(sections []markdown.Section, settings HandoutSettings, pos diag.Pos) (Handout, diag.List) {
	p := steps{reader: newReader(sections, settings.At, pos), place: "steps of a handout", dates: true}
	h := Handout{
		Client: settings.Client, Coach: settings.Coach, Brand: settings.Brand, Key: settings.Key, Expires: settings.Expires,
		Embed:  settings.Include == "embed",
		Sealed: settings.Access == "passphrase",
	}
	h.Greeting, h.Sessions = p.phases(sections)
	if p.number == 0 {
		p.diags.Warn(pos, "write an ordered list whose items begin with a link: 1. [Value to offer](../checklists/value-to-offer.md)", "this handout has no steps")
	}
	if h.Expires == "" {
		p.diags.Warn(pos, "add expires: and a date to the front matter", "this handout never expires")
	}
	name := strings.TrimSuffix(path.Base(pos.File), path.Ext(pos.File))
	if NamesClient(h.Client, name) {
		p.diags.Warn(p.setting("client"), "rename the file", "the file name %q gives away the client", path.Base(pos.File))
	}
	switch {
	case h.Key == "":
	case !keyForm.MatchString(h.Key):
		p.diags.Error(p.setting("key"), "use letters, digits, - and _", "the key %s cannot stand in an address", quote(h.Key))
	case len(h.Key) < minKey:
		p.diags.Warn(p.setting("key"), "use at least 8 letters and digits drawn by lot", "the key is short enough to be guessed")
	}
	return h, p.diags
}

// NamesClient reports whether a slug or file name holds the client's name.
func NamesClient(client, name string) bool {
	w := words(client)
	if len(w) == 0 || len(w) == 1 && len([]rune(w[0])) == 1 {
		return false // one letter would be found by chance
	}
	return strings.Contains("-"+strings.Join(words(name), "-")+"-", "-"+strings.Join(w, "-")+"-")
}
