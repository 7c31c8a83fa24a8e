package files

import (
	"os"
	"slices"
)

// Check looks at each file that was put into the folder and forgets those that
// somebody else changed or took away. It reports whether there are none: Holds
// then goes by that, until the next Check, instead of looking itself. So whoever
// must be quick checks afterwards, and puts in again what Check forgot.
func (o *Out) Check() (whole bool) {
	paths, records := o.put.all()
	same := make([]bool, len(paths))
	spread(len(paths), func(i int) { same[i] = o.looks(paths[i], records[i]) })
	for i, path := range paths {
		if !same[i] {
			o.put.delete(path)
		}
	}
	o.checked = !slices.Contains(same, false)
	return o.checked
}

// looks reports whether the file looks as it did when it was put in. A plain path
// saves opening each folder on the way, and nothing is read.
func (o *Out) looks(path string, r record) bool {
	info, err := os.Lstat(o.onDisk(path))
	return err == nil && info.Mode().IsRegular() && info.Size() == r.size && info.ModTime().Equal(r.mtime)
}
