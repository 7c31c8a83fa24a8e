//go:build darwin || freebsd || ios || netbsd

package files

import (
	"io/fs"
	"syscall"
	"time"
)

// changed is as on other systems, which call it by another name.
func changed(info fs.FileInfo) time.Time {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(s.Ctimespec.Unix())
	}
	return info.ModTime()
}
