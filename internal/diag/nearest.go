package diag

import "strings"

// Nearest returns the candidate that word was most likely meant to be, or ""
// if none is near. Near means at most a third of the letters differ, counted
// as insertions, deletions, replacements and swaps of neighbours. Of several
// equally near ones the first wins, so sorted candidates give stable hints.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", len(word)/3+1
	for _, c := range candidates {
		if strings.EqualFold(c, word) {
			return c
		}
		if diff := len(word) - len(c); diff >= bestDistance || -diff >= bestDistance {
			continue // so different in length that the distance cannot be smaller
		}
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean is Nearest as a hint: a question with the candidate, or what to
// say instead when none is near.
func DidYouMean(word string, candidates []string, otherwise string) string {
	if near := Nearest(word, candidates); near != "" {
		return `did you mean "` + near + `"?`
	}
	return otherwise
}

// distance is the optimal string alignment distance (Damerau–Levenshtein
// without repeated edits of one place), in runes.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	var before []int
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(s); i++ {
		next := make([]int, len(t)+1)
		next[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(t)]
}
