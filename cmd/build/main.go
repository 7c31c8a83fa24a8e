// Command build is Rapport: it turns a folder of Markdown into a searchable
// static site of networking advice. It is released under the name rapport.
//
// Here arguments become settings, settings are wired to the rooms of
// internal/, and what they find becomes words on the terminal and an exit
// status: 0 fine, 1 errors in the content, 2 wrong use, 3 could not.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"rapport/internal/diag"
)

// Exit statuses.
const (
	exitFine    = 0
	exitContent = 1 // errors in the content
	exitUsage   = 2 // wrong use
	exitFailed  = 3 // disk, port and the like
)

type commands struct {
	Build   buildCommand `cmd:"" default:"withargs" help:"Build the site (what happens without a command)."`
	Serve   serveCommand `cmd:"" help:"Show the site in a browser and follow each change."`
	Watch   watchCommand `cmd:"" help:"Build the site again after each change."`
	Init    initCommand  `cmd:"" help:"Write a new site to start from."`
	New     newCommand   `cmd:"" help:"Write a new page with its front matter filled in."`
	Handout struct {
		Passphrase passphraseCommand `cmd:"" help:"Draw a passphrase for a sealed handout."`
		Slug       handoutCommand    `arg:"" help:"Make one file of the handout of that name, to mail or to hand over."`
	} `cmd:"" help:"Make one file of a handout, or draw a passphrase for it."`
	Handouts handoutsCommand `cmd:"" help:"List all handouts."`
	Search   searchCommand   `cmd:"" help:"Ask the site's search from the command line."`
	Check    checkCommand    `cmd:"" help:"Check what the site promises."`
	Why      whyCommand      `cmd:"" help:"Say what a page or file of the site is made of."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON Schema of site.yaml or of front matter."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

const description = `Turn a folder of Markdown into a searchable static site of networking advice.

Examples:
  rapport                             build ./content into ./public
  rapport init mysite                 start a new site
  rapport new checklist my-checklist  add a page
  rapport --base-url https://x.org/guides/ --out /srv/guides`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main with its surroundings handed in; it returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("rapport"), kong.Description(description), kong.Writers(stdout, stderr),
		kong.Exit(func(status int) { exited = status }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 90}))
	if err != nil {
		fmt.Fprintln(stderr, "rapport:", err)
		return exitFailed
	}
	context, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		fmt.Fprintln(stderr, "rapport:", err)
		if hint := meant(parser, args); hint != "" {
			fmt.Fprintf(stderr, "did you mean %q?\n", hint)
		}
		fmt.Fprintln(stderr, "Run \"rapport --help\" to see what there is.")
		return exitUsage
	}
	err = context.Run(&terminal{stdout, stderr})
	var s status
	switch {
	case err == nil:
		return exitFine
	case errors.As(err, &s):
		if s.message != "" {
			fmt.Fprintln(stderr, "rapport:", s.message)
		}
		return s.code
	}
	fmt.Fprintln(stderr, "rapport:", strings.TrimPrefix(err.Error(), "rapport: "))
	return exitFailed
}

// meant returns the command that a first word was likely meant to be, or "".
func meant(parser *kong.Kong, args []string) string {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return ""
	}
	var names []string
	for _, command := range parser.Model.Children {
		names = append(names, command.Name)
	}
	if slices.Contains(names, args[0]) {
		return ""
	}
	return diag.Nearest(args[0], names)
}

// status is an error that knows its exit status. A message that was already
// said is left out.
type status struct {
	code    int
	message string
}

func (s status) Error() string { return s.message }

func usage(format string, args ...any) error { return status{exitUsage, fmt.Sprintf(format, args...)} }

// terminal is where a command speaks. What was asked for goes to out; what is
// said about it goes to err.
type terminal struct{ out, err io.Writer }
