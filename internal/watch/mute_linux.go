package watch

import "syscall"

// Network file systems, and the drives of Windows under WSL, tell nothing of
// what others change in them. The numbers are those of statfs(2).
var muteTypes = map[uint32]bool{
	0x6969:     true, // NFS
	0x517b:     true, // SMB
	0xff534d42: true, // CIFS
	0xfe534d42: true, // SMB2
	0x01021997: true, // 9P, which WSL mounts drives by
	0x786f4256: true, // shared folders of VirtualBox
	0x564c:     true, // NetWare
	0x00c36400: true, // Ceph
}

// mute reports whether a root lies on a file system that sends no events.
func (w *watcher) mute() bool {
	for _, r := range w.Roots {
		var s syscall.Statfs_t
		if syscall.Statfs(r, &s) == nil && muteTypes[uint32(s.Type)] {
			return true
		}
	}
	return false
}
