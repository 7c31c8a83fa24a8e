package files

import (
	"errors"
	"io/fs"
	"os"
)

// ReadRegular returns the bytes of a file below the root. Anything else that stands
// under its name is an error, above all a pipe, which would be waited for.
func ReadRegular(root *os.Root, name string) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is not a regular file")}
	}
	return root.ReadFile(name)
}

// Create opens a new file below the root for writing. What stood under its name is
// taken away first, so that nothing is written into a pipe or through a link.
func Create(root *os.Root, name string, perm fs.FileMode) (*os.File, error) {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
}
