package files

import (
	"errors"
	"os"
	"sync/atomic"
)

// Shelf keeps made files for as long as somebody looks at them: on the disk,
// by their hash, in a file without a name that is gone with the process. Put,
// Holds and what File returns may be used by several goroutines at once, Sweep
// and Close by one that does not Put.
type Shelf struct {
	spool  atomic.Pointer[Spool]
	byHash table[Hash, Part]
}

// slack is how much a shelf may hold beyond what is needed before a sweep is
// worth its time.
const slack = 64 << 20

// NewShelf returns an empty shelf.
func NewShelf() (*Shelf, error) {
	spool, err := NewSpool()
	s := &Shelf{}
	s.spool.Store(spool)
	return s, err
}

// Put takes the bytes of one file.
func (s *Shelf) Put(path string, data []byte) (Staged, error) {
	staged := Staged{Path: path, Hash: Sum(data), Size: int64(len(data))}
	if s.Holds(path, staged.Hash) {
		return staged, nil
	}
	part, err := s.spool.Load().Put(data)
	if err == nil {
		s.byHash.set(staged.Hash, part)
	}
	return staged, err
}

// Holds reports whether there are bytes with the hash.
func (s *Shelf) Holds(_ string, h Hash) bool {
	_, ok := s.byHash.get(h)
	return ok
}

// File returns the file with the bytes of the hash.
func (s *Shelf) File(path string, h Hash, size int64) File {
	return File{Path: path, Hash: h, Size: size, open: func() ([]byte, error) { return s.bytes(h) }}
}

// Get returns the bytes with the hash.
func (s *Shelf) Get(_ string, h Hash) ([]byte, error) { return s.bytes(h) }

func (s *Shelf) bytes(h Hash) ([]byte, error) {
	for {
		spool := s.spool.Load()
		part, ok := s.byHash.get(h)
		if !ok {
			return nil, os.ErrNotExist
		}
		data, err := part.Bytes()
		if errors.Is(err, os.ErrClosed) && spool != s.spool.Load() {
			continue // swept in between: the bytes stand elsewhere now
		}
		return data, err
	}
}

// Sweep forgets all bytes but those of the tree, if that frees enough.
func (s *Shelf) Sweep(keep Tree) error {
	old := s.spool.Load()
	var needed int64
	for f := range keep.All() {
		needed += f.Size
	}
	if old.Size() < 2*needed+slack {
		return nil
	}
	spool, err := NewSpool()
	if err != nil {
		return err
	}
	kept := make(map[Hash]bool, keep.Len())
	for f := range keep.All() {
		if kept[f.Hash] {
			continue
		}
		data, err := s.bytes(f.Hash)
		if err != nil {
			return errors.Join(err, spool.Close())
		}
		part, err := spool.Put(data)
		if err != nil {
			return errors.Join(err, spool.Close())
		}
		s.byHash.set(f.Hash, part)
		kept[f.Hash] = true
	}
	s.byHash.deleteBut(kept)
	s.spool.Store(spool)
	return old.Close()
}

// Close gives the disk back.
func (s *Shelf) Close() error { return s.spool.Load().Close() }
