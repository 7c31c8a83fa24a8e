package files

import (
	"encoding/binary"
	"maps"
	"os"
	"slices"
	"time"
)

// Look returns a fingerprint of what stands in the folders: of the names, sizes
// and times of all files that Read would take, without reading one. Equal
// fingerprints mean that nothing has changed, as far as Read would see.
func Look(folders ...Folder) (Hash, error) {
	r := reader{now: time.Now(), skipped: map[string]string{}, roots: map[string]*os.Root{}, look: true}
	for _, f := range folders {
		if err := r.folder(f); err != nil {
			return Hash{}, err
		}
	}
	return fingerprint(NewTree(r.list...).list, r.skipped), nil
}

// Looks returns what Look would have returned when the tree was read, and
// whether that can be relied on: a file that changed at nearly the same moment
// may have changed again, unseen.
func (t Tree) Looks() (h Hash, sure bool) {
	return fingerprint(t.list, t.Skipped), !slices.ContainsFunc(t.list, func(f File) bool { return f.young })
}

func fingerprint(list []File, skipped map[string]string) Hash {
	var data []byte
	for _, f := range list {
		data = append(append(data, f.Path...), 0)
		data = binary.BigEndian.AppendUint64(data, uint64(f.Size))
		data = binary.BigEndian.AppendUint64(data, uint64(f.mtime))
	}
	for _, path := range slices.Sorted(maps.Keys(skipped)) {
		data = append(append(data, path...), 1)
	}
	return Sum(data)
}
