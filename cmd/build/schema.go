package main

import (
	"encoding/json"

	"rapport/internal/fields"
	"rapport/internal/site"
)

type schemaCommand struct {
	Of string `arg:"" enum:"site,frontmatter" help:"site (for site.yaml) or frontmatter."`
}

// Help is shown by rapport schema --help.
func (schemaCommand) Help() string {
	return `Editors complete and check YAML by it. For VS Code's YAML extension:
  rapport schema site > .vscode/site.schema.json
and in site.yaml, as the first line:
  # yaml-language-server: $schema=.vscode/site.schema.json`
}

// Run prints the schema.
func (c *schemaCommand) Run(t *terminal) error {
	schema := siteSchema()
	if c.Of == "frontmatter" {
		schema = frontMatterSchema()
	}
	e := json.NewEncoder(t.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(schema)
}

const draft = "https://json-schema.org/draft/2020-12/schema"

func siteSchema() fields.Object {
	s := site.ConfigSchema()
	s["$schema"], s["title"] = draft, "site.yaml of a Rapport site"
	return s
}

// frontMatterSchema chooses the keys by the type that the page names. Where it
// names none the folder decides, which a schema cannot see: all keys are known.
func frontMatterSchema() fields.Object {
	byType := site.FrontMatterSchemas()
	all := fields.Object{}
	var choose []fields.Object
	for _, t := range site.Types() {
		properties := byType[t]["properties"].(fields.Object)
		for key, value := range properties {
			if _, ok := all[key]; !ok {
				all[key] = value
			}
		}
		choose = append(choose, fields.Object{
			"if":   fields.Object{"properties": fields.Object{"type": fields.Object{"const": t}}, "required": []string{"type"}},
			"then": fields.Object{"$ref": "#/$defs/" + t},
		})
	}
	definitions := fields.Object{}
	for t, s := range byType {
		definitions[t] = s
	}
	return fields.Object{"$schema": draft, "title": "Front matter of a Rapport page", "type": "object",
		"properties": all, "additionalProperties": false, "allOf": choose, "$defs": definitions}
}
