package files

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

const (
	// staging is the folder inside the output folder in which made files wait.
	staging = ".rapport-staging"
	// Listing names the files in the output folder that are ours. It holds
	// hashes of their paths, not the paths: the folder is published, and some
	// addresses are not for everyone.
	Listing = ".rapport-files"
)

// Out is a folder that is made equal to a set of made files. Put may be called
// by several goroutines at once, the rest by one.
//
// Files wait in a staging folder until Commit moves them in by rename, so at
// any moment each file of the folder is an old one or a new one. What is cut
// short is finished by the next Commit.
type Out struct {
	dir     string
	root    *os.Root
	lock    *os.File              // the folder, which is ours while that is open
	ours    map[mark]bool         // of paths that we wrote, now or before
	keep    map[mark]bool         // of those that stay, while files go in
	all     []string              // as the last Commit left the folder; nil where it was cut short
	known   []string              // paths of ours, of an earlier Commit or process
	tops    map[string]bool       // names in the folder when it was opened, and since
	put     table[string, record] // by path, of this and earlier runs
	sure    map[string]record     // of an earlier process, and looked at
	checked bool                  // what is in put was found to be in place
	step    func() bool           // called before each file moves; false cuts the work short (tests); may be nil
}

// record is what is known of a file of ours without reading it.
type record struct {
	hash  Hash
	size  int64
	mtime time.Time
}

// Staged says where the bytes of one made file are.
type Staged struct {
	Path   string
	Hash   Hash
	Size   int64
	waits  string    // name in the staging folder; empty where the folder holds the bytes already
	mtime  time.Time // of the file that waits: it moves with it
	exists bool
}

// ErrBusy is returned for a folder that another process writes to.
var ErrBusy = errors.New("another rapport is writing to it: wait until it is done, or stop it")

// OpenOut opens the folder, made if need be, and keeps others from opening it
// until it is closed.
func OpenOut(dir string) (*Out, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	o := &Out{dir: dir, root: root, ours: map[mark]bool{}}
	if err := o.open(); err != nil {
		return nil, errors.Join(err, o.close())
	}
	return o, nil
}

func (o *Out) open() (err error) {
	if o.lock, err = os.Open(o.dir); err != nil {
		return err
	}
	if !lock(o.lock) {
		return ErrBusy
	}
	if err := o.root.RemoveAll(staging); err != nil { // left by a run that was cut short
		return err
	}
	if o.tops, err = names(o.root); err != nil {
		return err
	}
	list, err := ReadRegular(o.root, Listing)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for line := range bytes.Lines(list) {
		if h, err := hex.DecodeString(string(bytes.TrimSpace(line))); err == nil && len(h) == len(mark{}) {
			o.ours[mark(h)] = true
		}
	}
	return nil
}

// Close ends the work on the folder and takes away what still waits.
func (o *Out) Close() error { return errors.Join(o.Discard(), o.close()) }

func (o *Out) close() error {
	err := o.root.Close()
	if o.lock != nil {
		err = errors.Join(err, o.lock.Close())
	}
	return err
}

// Moved reports whether another folder, or none, stands where this one was.
func (o *Out) Moved() bool {
	now, err := os.Stat(o.dir)
	if err != nil {
		return true
	}
	then, err := o.root.Stat(".")
	return err != nil || !os.SameFile(now, then)
}

// Discard takes away what waits, of a run that was given up.
func (o *Out) Discard() error { return o.root.RemoveAll(staging) }

// Holds reports whether the folder holds these bytes at the path.
func (o *Out) Holds(p string, h Hash) bool {
	if r, ok := o.sure[p]; ok {
		return r.hash == h
	}
	if r, ok := o.put.get(p); ok && (o.checked || o.looks(p, r)) {
		return r.hash == h
	}
	if info, err := os.Lstat(o.onDisk(p)); err != nil || !info.Mode().IsRegular() {
		return false // reading a pipe would wait forever
	}
	data, err := o.root.ReadFile(p)
	if err != nil || Sum(data) != h {
		return false
	}
	o.remember(p, h)
	return true
}

// Get returns the bytes that the folder holds at the path, if they are these.
func (o *Out) Get(p string, h Hash) ([]byte, error) {
	data, err := os.ReadFile(o.onDisk(p))
	if err == nil && Sum(data) != h {
		err = &fs.PathError{Op: "read", Path: p, Err: fs.ErrNotExist}
	}
	return data, err
}

func (o *Out) remember(p string, h Hash) {
	if info, err := o.root.Stat(p); err == nil {
		o.put.set(p, record{h, info.Size(), info.ModTime()})
	}
}

// Put hands in the bytes of one file. They wait in the staging folder unless
// the folder holds them already.
func (o *Out) Put(p string, data []byte) (Staged, error) {
	s := Staged{Path: p, Hash: Sum(data), Size: int64(len(data))}
	if top, _, _ := strings.Cut(p, "/"); o.tops[top] {
		info, err := os.Lstat(o.onDisk(p))
		s.exists = err == nil
		if s.exists && info.Mode().IsRegular() && info.Size() == s.Size && o.Holds(p, s.Hash) {
			return s, nil
		}
	}
	s.waits = waiting(p, s.exists)
	if !s.exists { // most new files have a folder of their own
		_ = os.Mkdir(filepath.Dir(o.onDisk(s.waits)), 0o777)
	}
	var err error
	if s.mtime, err = o.stage(s.waits, data); err != nil {
		return s, fmt.Errorf("%s: %w", path.Join(o.dir, p), reason(err))
	}
	return s, nil
}

// onDisk is a plain path, for looking at a file: it saves opening each folder
// on the way, as reading and writing do to stay inside.
func (o *Out) onDisk(p string) string { return filepath.Join(o.dir, filepath.FromSlash(p)) }

// waiting is the name under which a file waits, the same however often it is
// put. New files wait in the folders that they will stand in, so that whole
// folders can move; those that take the place of others need no folder.
func waiting(p string, exists bool) string {
	if exists {
		return staging + "/old/" + markOf(p).String()
	}
	return staging + "/new/" + p
}

// stage writes a file below the staging folder, and returns its time. The folder
// was made by us a moment ago, so a plain path leads nowhere else, and saves
// opening each folder on the way.
func (o *Out) stage(name string, data []byte) (time.Time, error) {
	full := o.onDisk(name)
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.Mkdir(filepath.Dir(full), 0o777); errors.Is(err, fs.ErrNotExist) {
			err = os.MkdirAll(filepath.Dir(full), 0o777)
		}
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return time.Time{}, err
		}
		f, err = os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	}
	if err != nil {
		return time.Time{}, err
	}
	_, err = f.Write(data)
	info, e := f.Stat()
	if err = errors.Join(err, e, f.Close()); err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

// names returns what stands in the folder itself.
func names(root *os.Root) (map[string]bool, error) {
	list, err := fs.ReadDir(root.FS(), ".")
	found := make(map[string]bool, len(list))
	for _, entry := range list {
		found[entry.Name()] = true
	}
	return found, err
}

// reason leaves out the staging name, which tells nobody anything.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
