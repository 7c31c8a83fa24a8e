package advice

import "rapport/internal/diag"

// TemplateSettings are the front matter keys of a message template.
type TemplateSettings struct {
	Fields map[string]FieldSettings `key:"fields" doc:"More about the blanks, by the words between their braces."`
	When   string                   `key:"when" required:"true" doc:"When to send it."`
	Avoid  []string                 `key:"avoid" doc:"What to leave out."`

	At map[string]diag.Pos `key:"-"`
}

// FieldSettings are the keys of one field.
type FieldSettings struct {
	Label    string `key:"label" doc:"Shown above the box; the words of the blank if left out."`
	Hint     string `key:"hint" doc:"What makes a good answer."`
	Example  string `key:"example" doc:"An answer, to look at."`
	Long     bool   `key:"long" default:"false" doc:"The answer may take several lines."`
	Required bool   `key:"required" default:"false" doc:"The message must not go out without it."`
}

// Template is a page of messages with blanks.
type Template struct {
	When     string
	Avoid    []string
	Fields   []Field // in order of first use
	Sections []TemplateSection
}

// TemplateSection is a heading (none of Level 0) with prose and messages in the
// order of the text.
type TemplateSection struct {
	Heading
	Parts []Part[Message]
}

// Field is a blank, shared by all messages of the page that use its words.
type Field struct {
	ID       string `json:"id"` // of the words alone, so the same on every page
	Name     string `json:"name"`
	Label    string `json:"label"`
	Hint     string `json:"-"`
	Example  string `json:"-"`
	Long     bool   `json:"long,omitempty"`
	Required bool   `json:"required,omitempty"`
}

// DOM returns the id of the field's box on the page.
func (f Field) DOM() string { return "blank-" + f.ID }

// Message is one message. Count and Least are in characters (Unicode code
// points) of the body.
type Message struct {
	ID      string  `json:"id"`
	Channel string  `json:"channel"`         // email, linkedin, phone or text
	Label   string  `json:"label,omitempty"` // may be empty
	Limit   int     `json:"limit,omitempty"` // characters; 0 is none
	Subject []Piece `json:"subject,omitempty"`
	Body    []Piece `json:"body"`
	Count   int     `json:"-"` // with each blank as its words
	Least   int     `json:"-"` // with each blank empty
}

// DOM returns the id of the message on the page.
func (m Message) DOM() string { return messagePrefix + m.ID }

// Piece is text, or a blank if Field is set; then Text holds its words.
type Piece struct {
	Text  string `json:"text"`
	Field string `json:"field,omitempty"` // id
}

// Messages returns the messages of all sections in order.
func (t Template) Messages() []Message {
	var messages []Message
	for _, s := range t.Sections {
		messages = append(messages, allItems(s.Parts)...)
	}
	return messages
}

// TemplateConfig is what the page's script is given.
type TemplateConfig struct {
	Fields   []Field   `json:"fields"`
	Messages []Message `json:"messages"`
}

// Config returns what the page's script is given.
func (t Template) Config() TemplateConfig { return TemplateConfig{t.Fields, t.Messages()} }
