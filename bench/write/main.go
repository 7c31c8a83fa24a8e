// Command write writes the benchmark corpus to a folder.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"rapport/bench/corpus"
)

func main() {
	n := flag.Int("n", 1000, "number of pages")
	seed := flag.Int64("seed", 1, "seed")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()
	if *out == "" {
		log.Fatal("-out is missing")
	}
	for path, text := range corpus.Pages(*n, *seed) {
		name := filepath.Join(*out, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
