package files

import (
	"errors"
	"os"
	"sync/atomic"
	"unsafe"
)

// Spool keeps bytes on the disk while nothing needs them, so that memory does
// not grow with the size of a site. Its file has no name and is gone with the
// process.
type Spool struct {
	file *os.File
	size atomic.Int64
}

// Part is where a spool keeps what was put into it.
type Part struct {
	spool *Spool
	at    int64
	size  int
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

// Put takes bytes. It may be called by several goroutines at once.
func (s *Spool) Put(data []byte) (Part, error) {
	at := s.size.Add(int64(len(data))) - int64(len(data))
	_, err := s.file.WriteAt(data, at)
	return Part{s, at, len(data)}, err
}

// Split returns the first n bytes and the others, each as a part.
func (p Part) Split(n int) (first, rest Part) {
	return Part{p.spool, p.at, n}, Part{p.spool, p.at + int64(n), p.size - n}
}

// Bytes gets back what was put.
func (p Part) Bytes() ([]byte, error) { return p.Into(nil) }

// Into gets back what was put in the buffer, or in a larger one.
func (p Part) Into(buffer []byte) ([]byte, error) {
	if cap(buffer) < p.size {
		buffer = make([]byte, p.size)
	}
	buffer = buffer[:p.size]
	_, err := p.spool.file.ReadAt(buffer, p.at)
	return buffer, err
}

// Text is Bytes as a string, without copying: nobody else has the bytes.
func (p Part) Text() (string, error) {
	data, err := p.Bytes()
	return unsafe.String(unsafe.SliceData(data), len(data)), err
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
