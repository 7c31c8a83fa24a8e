package watch

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"io"
	"io/fs"
	"path/filepath"
	"time"
)

// snapshot stands for all names, sizes and times below the roots.
type snapshot uint64

const (
	scanEvery = 500 * time.Millisecond
	scanShare = 20 // of 100 times that a scan takes, it may run 5
	// clockStep is the coarsest step in which file systems keep times. A file
	// younger than that can change and show the same time.
	clockStep = 2 * time.Second
)

// scan tells of changes by comparing snapshots until ctx ends.
func (w *watcher) scan(ctx context.Context, seen snapshot) {
	for pause := scanEvery; sleep(ctx, pause); {
		begun := time.Now()
		now := w.snapshot()
		took := time.Since(begun)
		if now != seen {
			seen = w.settle(ctx, now)
			w.tell(Word{})
		}
		pause = max(scanEvery, scanShare*took)
	}
}

// settle waits until two snapshots are alike, at most until the ceiling.
func (w *watcher) settle(ctx context.Context, seen snapshot) snapshot {
	for begun := time.Now(); time.Since(begun) < ceiling && sleep(ctx, quiet); {
		now := w.snapshot()
		if now == seen {
			break
		}
		seen = now
	}
	return seen
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// snapshot looks at everything. A young file counts as another once it is old,
// so that a change within one step of the clock is told after the step.
func (w *watcher) snapshot() snapshot {
	h := fnv.New64a()
	var number [8]byte
	add := func(name string, values ...int64) {
		_, _ = io.WriteString(h, name+"\x00")
		for _, v := range values {
			binary.LittleEndian.PutUint64(number[:], uint64(v))
			_, _ = h.Write(number[:])
		}
	}
	for _, root := range w.Roots {
		real, err := filepath.EvalSymlinks(root)
		if err != nil {
			add(root, -1)
			continue
		}
		_ = filepath.WalkDir(real, func(path string, d fs.DirEntry, err error) error {
			rest, _ := filepath.Rel(real, path)
			if err != nil {
				add(path, -1)
				return nil
			}
			if rest != "." && !w.counts(filepath.Join(root, rest)) {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			info, err := d.Info()
			switch {
			case err != nil:
				add(path, -1)
			case d.IsDir():
				add(path, int64(info.Mode()))
			default:
				young := int64(0)
				if age := time.Since(info.ModTime()); age >= 0 && age < clockStep {
					young = 1
				}
				add(path, info.Size(), info.ModTime().UnixNano(), int64(info.Mode()), young)
			}
			return nil
		})
	}
	return snapshot(h.Sum64())
}
