package files

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
)

func TestShelfGivesBackWhatWasPut(t *testing.T) {
	s, err := NewShelf()
	if err != nil {
		t.Fatal(err)
	}
	staged, err := s.Put("a.html", []byte("page"))
	if err != nil || !s.Holds("a.html", staged.Hash) || s.Holds("a.html", Sum([]byte("other"))) {
		t.Fatal("holds the wrong thing: ", err)
	}
	if data, err := s.File("a.html", staged.Hash, staged.Size).Bytes(); err != nil || string(data) != "page" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := s.File("b.html", Sum([]byte("other")), 5).Bytes(); err == nil {
		t.Error("gives what was never put")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A sweep frees what is no longer shown, while browsers read what is.
func TestSweepKeepsTheTree(t *testing.T) {
	s, err := NewShelf()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	kept, err := s.Put("kept", []byte("kept"))
	if err != nil {
		t.Fatal(err)
	}
	tree := NewTree(s.File("kept", kept.Hash, kept.Size), s.File("again", kept.Hash, kept.Size))
	big := bytes.Repeat([]byte("x"), 1<<20)
	var reading sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		reading.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				f, _ := tree.Get("kept")
				if data, err := f.Bytes(); err != nil || string(data) != "kept" {
					t.Errorf("while it was swept: %q, %v", data, err)
					return
				}
			}
		})
	}
	for i := range 2 * slack >> 20 {
		_, err := s.Put("made", fmt.Appendf(big, "%d", i))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Sweep(tree); err != nil {
			t.Fatal(err)
		}
		if i > slack>>20+1 && s.spool.Load().Size() > slack+2<<20 {
			t.Fatalf("after %d files it holds %d bytes", i, s.spool.Load().Size())
		}
	}
	close(stop)
	reading.Wait()
	if n := size(s); n > slack>>20+2 {
		t.Errorf("knows of %d files", n)
	}
}

func size(s *Shelf) int {
	keys, _ := s.byHash.all()
	return len(keys)
}
