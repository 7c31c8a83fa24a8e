package main

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// commandParts lists the commands as the program itself knows them.
func commandParts(t *testing.T) string {
	shared := flagsOf(model(t, &struct{ siteFlags }{}))
	var b strings.Builder
	b.WriteString("### Flags that choose the site\n\n" + flagTable(shared))
	for _, command := range model(t, &commands{}).Leaves(true) {
		b.WriteString("\n" + commandPart(command, shared))
	}
	return b.String()
}

func commandPart(command *kong.Node, shared map[string]*kong.Flag) string {
	var b strings.Builder
	b.WriteString("### " + named(command.FullPath()) + "\n\n" + command.Help + "\n\n```text\nrapport " + command.Summary() + "\n```\n\n")
	for _, p := range command.Positional {
		b.WriteString("* `" + p.Summary() + "`: " + p.Help + "\n")
	}
	own := flagsOf(command)
	if hasAll(own, shared) {
		b.WriteString("* the [flags that choose the site](#flags-that-choose-the-site)\n")
		maps.DeleteFunc(own, func(name string, _ *kong.Flag) bool { return shared[name] != nil })
	}
	if len(own) > 0 {
		b.WriteString("\n" + flagTable(own))
	}
	if command.Detail != "" {
		b.WriteString("\n" + details(command.Detail))
	}
	return b.String()
}

// named writes what is to be filled in as it is in the examples: SLUG, and not
// <slug>, which would be HTML.
func named(path string) string {
	before, rest, ok := strings.Cut(path, "<")
	if !ok {
		return path
	}
	word, after, _ := strings.Cut(rest, ">")
	return before + strings.ToUpper(word) + after
}

func hasAll(flags, wanted map[string]*kong.Flag) bool {
	for name := range wanted {
		if flags[name] == nil {
			return false
		}
	}
	return true
}

// model is what the program knows of its commands and flags.
func model(t *testing.T, of any) *kong.Node {
	t.Helper()
	p, err := kong.New(of, kong.Name("rapport"), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	return p.Model.Node
}

func flagsOf(n *kong.Node) map[string]*kong.Flag {
	flags := map[string]*kong.Flag{}
	for _, f := range n.Flags {
		if f.Name != "help" {
			flags[f.Name] = f
		}
	}
	return flags
}

func flagTable(flags map[string]*kong.Flag) string {
	var b strings.Builder
	b.WriteString("| Flag | What it does |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		f := flags[name]
		written := "--" + name
		switch {
		case f.PlaceHolder != "":
			written += " " + f.PlaceHolder
		case f.Enum != "":
			written += " " + strings.ReplaceAll(f.Enum, ",", "|")
		case !f.IsBool():
			written += " N"
		}
		if f.Short != 0 {
			written += "`, `-" + string(f.Short)
		}
		b.WriteString("| `" + cell(written) + "` | " + cell(coded(f.Help)) + " |\n")
	}
	return b.String()
}

// details sets what a command says at the end of its help: indented lines are
// examples.
func details(text string) string {
	var b strings.Builder
	code := false
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if example, ok := strings.CutPrefix(line, "  "); ok {
			if !code {
				b.WriteString("\n```text\n")
			}
			code, line = true, example
		} else if code {
			b.WriteString("```\n\n")
			code = false
		}
		b.WriteString(line + "\n")
	}
	if code {
		b.WriteString("```\n")
	}
	return b.String()
}
