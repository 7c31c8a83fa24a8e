// Package server shows a tree of made files to browsers on this machine and
// keeps their pages fresh. Pages are sent as they were made, with one script
// added that patches them when something newer is shown; nothing of it is ever
// in the tree. It does not know what files are made of, or by whom.
package server

import (
	"context"
	"errors"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// Site is what is shown.
type Site struct {
	Tree  files.Tree
	Base  string            // path at which the site stands, "/" or such as "/guides/"
	Moved map[string]string // files that are gone since the last Show → where what they showed is now
	Diags diag.List
	Link  func(diag.Pos) string // the address that opens a place in an editor; nil or "" for none
}

// Server answers browsers. The zero Site is shown until the first Show.
type Server struct {
	state   atomic.Pointer[state]
	hosts   map[string]bool // allowed beside loopback and the address that was called
	streams chan struct{}   // one for each open event stream
}

// state is one Site with what is known of those before. It never changes; next
// is closed once there is a newer one.
type state struct {
	Site
	number  int
	moved   map[string]string // since the start
	touched map[string]int    // files that are no pages → the state in which they changed last
	next    chan struct{}
}

// maxStreams is how many event streams may be open at once.
const maxStreams = 1024

// New returns a server that also answers to the given host names. Those that
// stand for all addresses, such as 0.0.0.0, name nobody.
func New(hosts ...string) *Server {
	s := &Server{hosts: map[string]bool{}, streams: make(chan struct{}, maxStreams)}
	for _, h := range hosts {
		if ip := net.ParseIP(h); h != "" && (ip == nil || !ip.IsUnspecified()) {
			s.hosts[strings.ToLower(h)] = true
		}
	}
	s.state.Store(&state{Site: Site{Base: "/"}, next: make(chan struct{})})
	return s
}

// Show replaces what is shown and tells the browsers. Calls must not overlap.
func (s *Server) Show(site Site) {
	old := s.state.Load()
	now := &state{Site: site, number: old.number + 1, moved: old.moved, touched: old.touched, next: make(chan struct{})}
	if now.Base == "" {
		now.Base = "/"
	}
	if len(site.Moved) > 0 {
		now.moved = maps.Clone(old.moved)
		if now.moved == nil {
			now.moved = map[string]string{}
		}
		maps.Copy(now.moved, site.Moved)
	}
	if touched := touchedFiles(old.Tree, site.Tree); len(touched) > 0 {
		now.touched = maps.Clone(old.touched)
		if now.touched == nil {
			now.touched = map[string]int{}
		}
		for _, p := range touched {
			now.touched[p] = now.number
		}
	}
	s.state.Store(now)
	close(old.next)
}

// touchedFiles returns the files that are no pages and differ in both trees.
func touchedFiles(before, after files.Tree) []string {
	return slices.DeleteFunc(files.Diff(before, after).Updated, isPage)
}

func isPage(name string) bool { return path.Ext(name) == ".html" }

// Listen takes the address, or the next port that is free of the hundred after
// it.
func Listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	first, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	for n := first; ; n++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) || n >= min(first+100, 65535) {
			return l, err
		}
	}
}

// Serve answers on the listener until ctx ends; then it drops all connections
// at once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	web := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second, // no ReadTimeout: it would end event streams
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       func(net.Listener) context.Context { return ctx },

		DisableGeneralOptionsHandler: true,
	}
	stop := context.AfterFunc(ctx, func() { _ = web.Close() })
	defer stop()
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
