package advice

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

const (
	messageLang = "message"
	maxLimit    = 1_000_000
)

// ParseTemplate reads messages. Problems of the page as a whole stand at pos.
func ParseTemplate(sections []markdown.Section, settings TemplateSettings, pos diag.Pos) (Template, diag.List) {
	p := blanks{reader: newReader(sections, settings.At, pos), byWords: map[string]int{}}
	p.ids = newIDs(p.headings, messagePrefix)
	p.out = Template{When: settings.When, Avoid: settings.Avoid, Fields: []Field{}}
	for _, s := range sections {
		p.section(s)
	}
	if p.messages == 0 {
		p.diags.Error(pos, "write the message between ```message channel=email and ```", "this template has no message")
	}
	p.declare(settings.Fields)
	return p.out, p.diags
}

// blanks is the parser of message templates.
type blanks struct {
	reader
	out      Template
	ids      ids // of messages
	messages int
	byWords  map[string]int // words of a blank → index of its field
}

func (p *blanks) section(s markdown.Section) {
	p.ofHeading(s).done("headings of a template")
	section := TemplateSection{Heading: heading(s)}
	for _, b := range s.Blocks {
		if b.Fence != nil && b.Fence.Lang == messageLang {
			section.Parts = addItems(section.Parts, p.message(b.Fence))
			continue
		}
		section.Parts = addProse(section.Parts, b)
		p.plain(b)
	}
	if s.Level > 0 || len(section.Parts) > 0 {
		p.out.Sections = append(p.out.Sections, section)
	}
}

func (p *blanks) message(f *markdown.Fence) Message {
	p.messages++
	a := &attrs{Attrs: f.Attrs, diags: &p.diags}
	var m Message
	if !a.has("channel") {
		p.diags.Error(f.Pos, "write channel=email, linkedin, phone or text after the word message", "this message has no channel")
	}
	m.Channel = a.word("channel", "", "email", "linkedin", "phone", "text")
	m.Label, _ = a.text("label", "write label= and a few words in quotation marks, or leave it out")
	m.Limit = a.whole("limit", 0, 1, maxLimit)
	a.done("messages")
	if f.Attrs.ID != "" && p.claim(p.ids, f.Attrs) {
		m.ID = f.Attrs.ID
	} else {
		m.ID = p.ids.free(cmp.Or(m.Channel, "text"), f.Pos)
	}
	p.text(&m, f)
	m.Channel = cmp.Or(m.Channel, "text")
	if m.Limit > 0 && m.Least > m.Limit {
		x, _ := a.get("limit")
		p.diags.Warn(x.Pos, "shorten it, or leave room for the blanks too", "this message has %d characters before any blank is filled, %d more than its limit", m.Least, m.Least-m.Limit)
	}
	return m
}

// text splits the fence into subject and body, and these into pieces.
func (p *blanks) text(m *Message, f *markdown.Fence) {
	start, end := 0, len(strings.TrimRight(f.Text, " \t\r\n"))
	line, _, _ := strings.Cut(f.Text[:end], "\n")
	if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(strings.TrimSpace(key), "subject") {
		if m.Channel == "email" || m.Channel == "" {
			from := len(line) - len(strings.TrimLeft(value, " \t"))
			m.Subject = p.pieces(f, from, len(strings.TrimRight(line, " \t\r")))
			start = min(len(line)+1, end)
		} else {
			p.diags.Warn(inFence(f, 0, len(line)), "write channel=email, or leave the line out", "only an email has a subject")
		}
	}
	start = end - len(strings.TrimLeft(f.Text[start:end], "\r\n"))
	m.Body = p.pieces(f, start, end)
	for _, piece := range m.Body {
		n := utf8.RuneCountInString(piece.Text)
		m.Count += n
		if piece.Field == "" {
			m.Least += n
		}
	}
	if len(m.Body) == 0 {
		p.diags.Error(f.Pos, "write what to send below this line", "this message is empty")
	}
}

// pieces splits the text of a fence between two offsets at its blanks, none of
// which crosses a line. What is no sound blank stays text, so nothing is lost.
func (p *blanks) pieces(f *markdown.Fence, start, end int) []Piece {
	var pieces []Piece
	faults := 0
	from := start // of the text that no piece holds yet
	flush := func(to int) {
		if from < to {
			pieces = append(pieces, Piece{Text: f.Text[from:to]})
		}
	}
	for at := start; at < end; {
		line, _, _ := strings.Cut(f.Text[at:end], "\n")
		next := at + len(line) + 1
		for {
			text := f.Text[at : next-1]
			open := strings.Index(text, "{{")
			if open < 0 {
				break
			}
			name, width, fault := blank(text[open:])
			if at += open; fault.message == "" {
				flush(at)
				pieces = append(pieces, Piece{name, p.field(name)})
				from = at + width
			} else if faults++; faults <= maxFaults {
				p.diags.Error(inFence(f, at, at+width), fault.hint, "%s", fault.message)
			}
			at += width
		}
		at = next
	}
	flush(end)
	if faults > maxFaults {
		p.diags.Error(f.Pos, "mend the others first", "this message has %d more faulty blanks", faults-maxFaults)
	}
	return pieces
}

// maxFaults is how many blanks of one message are complained of in full: each
// complaint carries its line, which may be as long as the page.
const maxFaults = 20

type fault struct{ message, hint string }

// blank reads the blank that the text begins with: its words, and how many
// bytes it takes.
func blank(text string) (name string, width int, _ fault) {
	inner, _, closed := strings.Cut(text[2:], "}}")
	if !closed {
		return "", len(text), fault{"this blank is never closed", "close it with }} on the same line"}
	}
	width = len(inner) + 4
	switch name = strings.Join(strings.Fields(inner), " "); {
	case name == "":
		return "", width, fault{"this blank has no words", "write what belongs there: {{First name}}"}
	case strings.Contains(name, "{{"):
		return "", width, fault{"a blank begins inside another", "close each blank with }} before the next begins"}
	}
	return name, width, fault{}
}

// inFence returns the position of bytes of a fence's text, whose first line
// follows the opening one.
func inFence(f *markdown.Fence, start, end int) diag.Pos {
	pos := diag.Source{Path: f.Pos.File, Text: []byte(f.Text)}.Pos(start, end)
	pos.Line += f.Pos.Line
	return pos
}

// field returns the id of the field for the words of a blank.
func (p *blanks) field(name string) string {
	key := sameWords(name)
	at, ok := p.byWords[key]
	if !ok {
		at = len(p.out.Fields)
		p.byWords[key] = at
		p.out.Fields = append(p.out.Fields, Field{ID: fieldID(name), Name: name, Label: name})
	}
	return p.out.Fields[at].ID
}

// fieldID is made of all the words, so that it is the same on every page that
// asks for the same thing.
func fieldID(name string) string {
	if w := words(name); len(w) > 0 {
		return strings.Join(w, "-")
	}
	return textID(name)
}

// declare adds what the front matter says of the fields.
func (p *blanks) declare(fields map[string]FieldSettings) {
	var used []string
	for _, f := range p.out.Fields {
		used = append(used, f.Name)
	}
	slices.Sort(used)
	declared := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		pos := p.setting("fields."+name, "fields")
		key := sameWords(name)
		if other, repeated := declared[key]; repeated {
			p.diags.Error(pos, "keep one of them", "the field %s is the same as %s", quote(name), quote(other))
			continue
		}
		declared[key] = name
		at, ok := p.byWords[key]
		if !ok {
			p.diags.Warn(pos, diag.DidYouMean(name, used, "put {{"+name+"}} into a message, or remove the field"), "the field %s is in no message", quote(name))
			continue
		}
		f, s := &p.out.Fields[at], fields[name]
		f.Hint, f.Example, f.Long, f.Required = s.Hint, s.Example, s.Long, s.Required
		if s.Label != "" {
			f.Label = s.Label
		}
	}
}
