package main

import (
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"rapport/internal/files"
)

// A build allocates much and keeps little. By default its garbage is collected
// each time that the heap has doubled, so a dozen times before there is anything
// worth keeping. Here it is collected when memory has grown to a limit that fits
// the site: about twice what the build of a site of that size keeps in the end.
const (
	roomLeast   = 120 << 20
	roomPerByte = 9 / 4.   // of Markdown
	roomPerFile = 10 << 10 // if that is more: short pages are kept too
)

// makeRoom sets the limit for the site in the tree.
func makeRoom(tree files.Tree) {
	var size, count int64
	for f := range tree.All() {
		if filepath.Ext(f.Path) == ".md" {
			size, count = size+f.Size, count+1
		}
	}
	limit := int64(roomLeast) + max(int64(roomPerByte*float64(size)), roomPerFile*count)
	debug.SetMemoryLimit(limit)
	debug.SetGCPercent(-1)
	afterEachCollection(func() {
		kept := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(kept)
		if live := int64(kept[0].Value.Uint64()); live > limit*2/3 { // a site like no other: rather memory than time
			limit = live * 3 / 2
			debug.SetMemoryLimit(limit)
		}
	})
}

// mark is garbage that says when it is collected.
type mark struct{ then func() }

func afterEachCollection(f func()) { setMark(&mark{f}) }

func setMark(m *mark) {
	runtime.SetFinalizer(m, func(m *mark) {
		m.then()
		setMark(m)
	})
}
