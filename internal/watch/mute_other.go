//go:build !linux

package watch

// mute cannot tell here; there is the option Poll.
func (w *watcher) mute() bool { return false }
