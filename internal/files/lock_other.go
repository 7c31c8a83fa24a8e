//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package files

import "os"

// lock lets everybody in: folders cannot be locked here.
func lock(*os.File) bool { return true }
