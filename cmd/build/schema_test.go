package main

import (
	"bytes"
	"os"
	"testing"
)

// TestSchemasAreCurrent keeps the shipped schemas equal to the Go types. Write
// them anew with UPDATE_SCRIPTS=1.
func TestSchemasAreCurrent(t *testing.T) {
	for of, name := range map[string]string{"site": "site.schema.json", "frontmatter": "frontmatter.schema.json"} {
		var b bytes.Buffer
		if err := (&schemaCommand{Of: of}).Run(&terminal{out: &b}); err != nil {
			t.Fatal(err)
		}
		path := "../../schema/" + name
		if os.Getenv("UPDATE_SCRIPTS") != "" {
			if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		shipped, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(shipped, b.Bytes()) {
			t.Errorf("schema/%s is not what the program prints", name)
		}
	}
}
