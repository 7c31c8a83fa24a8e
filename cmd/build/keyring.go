package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/term"

	"rapport/internal/pipeline"
	"rapport/internal/render"
)

// keyring finds the passphrases of sealed pages, which stand in no file of the
// site: first in the environment, then in a file, then by asking. It says none
// of them.
type keyring struct {
	file  string                            // may be empty
	env   func(name string) string          // os.Getenv
	ask   func(slug string) (string, error) // nil where nobody can be asked
	asked map[string][]string
}

// sealing is what the pipeline needs to seal pages.
func (k *keyring) sealing() render.Sealing {
	return render.Sealing{Passphrases: k.of, Random: func() io.Reader { return rand.Reader }}
}

// of returns the passphrases of a handout, one for each reader.
func (k *keyring) of(slug string) ([]string, error) {
	if name := variable(slug); name != "" {
		if words := lines(k.env(name)); len(words) > 0 {
			return words, nil
		}
	}
	if k.file != "" {
		data, err := os.ReadFile(k.file)
		if err != nil {
			return nil, fmt.Errorf("cannot read the passphrases: %w", err)
		}
		words, err := kept(data, slug)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.file, err)
		}
		if len(words) > 0 {
			return words, nil
		}
	}
	if words, ok := k.asked[slug]; ok || k.ask == nil {
		return words, nil
	}
	word, err := k.ask(slug)
	if err != nil {
		return nil, err
	}
	k.asked[slug] = lines(word)
	return k.asked[slug], nil
}

// variable names what the environment may hold for a handout, such as
// RAPPORT_PASSPHRASE_FIRST_FOUR_WEEKS; "" where a slug has letters that such
// names have not, so that two handouts never share one.
func variable(slug string) string {
	for _, r := range slug {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return ""
		}
	}
	return "RAPPORT_PASSPHRASE_" + strings.ToUpper(strings.ReplaceAll(slug, "-", "_"))
}

// lines are those of a text that hold something.
func lines(text string) (list []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// kept returns the passphrases of a handout in a file of lines such as
// "first-four-weeks: velvet acorn tidal museum bright". Errors name lines and
// say nothing of what is in them.
func kept(data []byte, slug string) (list []string, err error) {
	s := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	for number := 1; s.Scan(); number++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		name, word, ok := strings.Cut(line, ":")
		if word = strings.TrimSpace(word); !ok || word == "" || strings.ContainsAny(strings.TrimSpace(name), " \t") {
			return nil, fmt.Errorf("line %d is not the name of a handout, a colon and a passphrase", number)
		}
		if strings.TrimSpace(name) == slug {
			list = append(list, word)
		}
	}
	return list, s.Err()
}

// asking lets passphrases be typed where a person sits at a terminal.
func (in *input) asking(t *terminal) {
	out, ok := t.err.(*os.File)
	if !ok || !term.IsTerminal(int(out.Fd())) || !term.IsTerminal(int(os.Stdin.Fd())) {
		return
	}
	in.keys.ask = func(slug string) (string, error) {
		for range 3 {
			first, err := hidden(out, "Passphrase for the handout "+slug+" (not shown): ")
			if err != nil || first == "" {
				return "", err
			}
			again, err := hidden(out, "Once more: ")
			if err != nil || again == first {
				return first, err
			}
			fmt.Fprintln(out, "These are not the same.")
		}
		return "", nil
	}
}

func hidden(out io.Writer, prompt string) (string, error) {
	fmt.Fprint(out, prompt)
	word, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(out)
	if errors.Is(err, io.EOF) {
		return "", nil
	}
	return string(word), err
}

// outside refuses a file of passphrases that lies among what is published or
// shared with the site.
func outside(file string, folders ...string) error {
	if file == "" {
		return nil
	}
	info, err := os.Stat(file)
	if err != nil || info.IsDir() {
		return usage("there is no file of passphrases %s", file)
	}
	full, err := resolved(file)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if folder == "" {
			continue
		}
		keep, err := resolved(folder)
		if err != nil {
			return err
		}
		if strings.HasPrefix(full, strings.TrimSuffix(keep, string(filepath.Separator))+string(filepath.Separator)) {
			return usage("the passphrases must not lie in %s, which holds the site: move %s elsewhere", folder, file)
		}
	}
	return nil
}

// readable reports whether others on this computer can read the file.
func readable(file string) bool {
	if file == "" || runtime.GOOS == "windows" {
		return false
	}
	info, err := os.Stat(file)
	return err == nil && info.Mode().Perm()&0o077 != 0
}

// sealingNotes says once what handouts are not, as far as the site has some.
func (r report) sealingNotes(t *terminal, result pipeline.Result, keys *keyring) {
	if r.Quiet || r.Format == "json" || result.World == nil {
		return
	}
	unlisted, sealed := 0, 0
	for _, p := range result.World.Site.Pages {
		if p.Handout != nil && p.Handout.Sealed {
			sealed++
		} else if p.Confidential() {
			unlisted++
		}
	}
	if unlisted > 0 {
		fmt.Fprintf(t.out, "%s unlisted, which is not private: whoever has the address can read it.\n", count(unlisted, "handout"))
	}
	if sealed > 0 {
		fmt.Fprintf(t.out, "%s sealed. That cannot take back what was already opened, nor save a passphrase that can be guessed.\n", count(sealed, "handout"))
	}
	if sealed > 0 && readable(keys.file) {
		fmt.Fprintf(t.err, "rapport: warning: others on this computer may read the passphrases in %s; chmod 600 keeps them to you\n", keys.file)
	}
}
