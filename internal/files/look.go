package files

import (
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Look returns a fingerprint of what stands in the folders: of the names, sizes
// and times of all files that Read would take, without reading one. Equal
// fingerprints mean that nothing has changed, as far as Read would see.
func Look(folders ...Folder) (Hash, error) {
	r := newReader(Tree{})
	r.look = true
	if err := r.folders(folders); err != nil {
		return Hash{}, err
	}
	return fingerprint(NewTree(r.list...).list, r.skipped), nil
}

// LookAt returns a fingerprint of the sizes and times of the files at the paths
// below a folder, as they stand there; of those that do not stand there too. It
// asks for nothing else, so it takes much less time than Look for files that
// each have a folder of their own. What else is in the folder does not count.
func LookAt(dir string, paths []string) Hash {
	const piece = 1 << 10 // paths of one goroutine at a time
	sums := make([]Hash, (len(paths)+piece-1)/piece)
	spread(len(sums), func(i int) {
		var data []byte
		for _, p := range paths[i*piece : min((i+1)*piece, len(paths))] {
			data = append(append(data, p...), 0)
			info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(p)))
			if err != nil || !info.Mode().IsRegular() {
				data = append(data, 0)
				continue
			}
			data = binary.BigEndian.AppendUint64(append(data, 1), uint64(info.Size()))
			data = binary.BigEndian.AppendUint64(data, uint64(info.ModTime().UnixNano()))
		}
		sums[i] = Sum(data)
	})
	var all []byte
	for _, sum := range sums {
		all = append(all, sum[:]...)
	}
	return Sum(all)
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
