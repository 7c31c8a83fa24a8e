package search

import (
	"slices"
	"strings"
	"testing"
)

// Every file that a query needs is taken away, emptied, cut and garbled in
// turn: the query must say so at once, naming the file.
func TestDamagedFilesGiveAMessage(t *testing.T) {
	s := newSite(t, Options{}, invented(60)...)
	query := invented(1)[0].Title + " bafedi"
	whole := s.find(query, QueryOptions{}).urls()
	var paths []string
	for path := range s.files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	faults := 0
	for _, path := range paths {
		good := s.files[path]
		flipped := slices.Clone(good)
		if strings.HasSuffix(path, ".bin") {
			flipped[len(good)/2] ^= 0x10
		} else {
			flipped[0] ^= 0x10
		}
		for name, bad := range map[string][]byte{"missing": nil, "empty": {}, "cut": good[:len(good)/2], "garbled": flipped} {
			if s.files[path] = bad; bad == nil {
				delete(s.files, path)
			}
			s.reopen()
			r, err := s.Query(query, QueryOptions{})
			switch {
			case err == nil && r.urls() != whole:
				t.Errorf("%s %s changes the results to %s", path, name, r.urls())
			case err != nil && !strings.Contains(err.Error(), strings.TrimPrefix(path, "search/")[3:]) && path != "search/index.json":
				t.Errorf("%s %s: %v", path, name, err)
			case err != nil && !strings.Contains(err.Error(), "damaged") && !strings.Contains(err.Error(), "could not be loaded"):
				t.Errorf("%s %s: %v", path, name, err)
			case err != nil:
				faults++
			}
			s.files[path] = good
		}
	}
	if faults < 12 {
		t.Errorf("only %d faults were seen", faults)
	}
}

func TestOneFailureIsNotForEver(t *testing.T) {
	s := advice(t)
	entry := s.files["search/index.json"]
	var shard string
	for path := range s.files {
		if strings.HasSuffix(path, ".bin") {
			shard = path
			break
		}
	}
	data := s.files[shard]
	delete(s.files, shard)
	_, first := s.Query("ties", QueryOptions{})
	s.files[shard] = data
	if r, err := s.Query("ties", QueryOptions{}); err != nil || len(r.Results) == 0 {
		t.Errorf("after the file came back (first: %v): %v", first, err)
	}
	s.files["search/index.json"] = []byte(strings.Replace(string(entry), `"version":1`, `"version":9`, 1))
	s.reopen()
	if _, err := s.Query("ties", QueryOptions{}); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("another version: %v", err)
	}
}
