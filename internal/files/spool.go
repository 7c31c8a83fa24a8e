package files

import (
	"errors"
	"os"
	"sync/atomic"
)

// Spool keeps bytes on the disk while nothing needs them, so that memory does
// not grow with the size of a site. Its file has no name and is gone with the
// process.
type Spool struct {
	file *os.File
	size atomic.Int64
}

// NewSpool returns an empty spool in the folder for temporary files.
func NewSpool() (*Spool, error) {
	f, err := os.CreateTemp("", "rapport-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // where a file in use cannot be removed, Close removes it
	return &Spool{file: f}, nil
}

// Put takes bytes and returns what gets them back. It may be called by several
// goroutines at once.
func (s *Spool) Put(data []byte) (get func() ([]byte, error), err error) {
	at, n := s.size.Add(int64(len(data)))-int64(len(data)), len(data)
	if _, err := s.file.WriteAt(data, at); err != nil {
		return nil, err
	}
	return func() ([]byte, error) {
		data := make([]byte, n)
		_, err := s.file.ReadAt(data, at)
		return data, err
	}, nil
}

// Size returns how many bytes were put.
func (s *Spool) Size() int64 { return s.size.Load() }

// Close gives the disk back.
func (s *Spool) Close() error {
	err := s.file.Close()
	if e := os.Remove(s.file.Name()); e != nil && !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}
