package site

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"rapport/internal/diag"
)

// checkIdentity reports an address at which no site can stand, and a language
// that browsers do not know by that name.
func (c *Config) checkIdentity() diag.List {
	var diags diag.List
	if why := AddressFault(c.BaseURL); c.BaseURL != "" && why != "" {
		diags.Error(c.At["base_url"], AddressHint, "the address %q %s", c.BaseURL, why)
	}
	if hint, ok := languageTag(c.Language); !ok {
		diags.Error(c.At["language"], hint, "%q is not the tag of a language", c.Language)
	}
	return diags
}

// AddressHint says how to write the address of a site.
const AddressHint = "write it as https://example.org/ or https://example.org/guides/"

// AddressFault says why no site can stand at the address; "" if one can.
func AddressFault(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "":
		return "is not that of a web site"
	case u.User != nil:
		return "holds the name of a user, which every page would show"
	case strings.ContainsAny(address, "?#"):
		return "has a query or an anchor"
	case u.Port() != "" && !isPort(u.Port()):
		return "has a port that there cannot be"
	case u.Path != "" && path.Clean(u.Path) != strings.TrimSuffix(u.Path, "/") && u.Path != "/", strings.Contains(u.Path, `\`):
		return "has a path with more in it than names"
	}
	return ""
}

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

// languageTag reports whether the text names a language as BCP 47 says, and how to
// write it else.
func languageTag(text string) (hint string, ok bool) {
	if _, err := language.Parse(text); err == nil && !strings.Contains(text, "_") {
		return "", true
	}
	base, _, _ := strings.Cut(text, ".") // en_US.UTF-8
	if tag, err := language.Parse(strings.ReplaceAll(base, "_", "-")); err == nil {
		return "write it as " + tag.String(), false
	}
	return "write a tag such as en, de or pt-BR", false
}
