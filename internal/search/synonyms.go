package search

import (
	"fmt"
	"strings"
)

// synonymGroup is one group: phrases that stand for each other, or, with To,
// phrases of which each also finds those.
type synonymGroup struct {
	From []string `json:"from"`
	To   []string `json:"to,omitempty"`
}

// parseSynonyms reads groups "a = b = c" and "a = b > c", several of them in
// one string if parted by semicolons.
func parseSynonyms(lines []string) ([]synonymGroup, error) {
	var groups []synonymGroup
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ";") {
			if strings.TrimSpace(part) == "" {
				continue
			}
			sides := strings.Split(part, ">")
			g := synonymGroup{From: phrases(sides[0])}
			if len(sides) > 1 {
				g.To = phrases(sides[1])
			}
			if len(sides) > 2 || len(g.From)+len(g.To) < 2 || len(g.From) == 0 {
				return nil, fmt.Errorf("search: synonyms %q: want \"a = b\" or \"a > b\"", strings.TrimSpace(part))
			}
			groups = append(groups, g)
		}
	}
	return groups, nil
}

func phrases(side string) []string {
	var list []string
	for p := range strings.SplitSeq(side, "=") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}
