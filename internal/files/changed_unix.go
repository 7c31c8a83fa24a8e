//go:build aix || dragonfly || linux || openbsd || solaris

package files

import (
	"io/fs"
	"syscall"
	"time"
)

// changed returns when the system last changed anything of the file. Unlike the
// time of the last change of its content, no program can set that back: one that
// copies or unpacks files with their times does not hide what it changed.
func changed(info fs.FileInfo) time.Time {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(s.Ctim.Unix())
	}
	return info.ModTime()
}
