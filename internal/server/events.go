package server

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// own is where the server's own files stand: no file of a site begins with a
// dot.
const own = "/.rapport/"

//go:embed reload.js patch.js overlay.js overlay.css
var ownFiles embed.FS

const (
	heartbeat    = 20 * time.Second // finds browsers that went without a word
	writeTimeout = 10 * time.Second
	mostProblems = 100 // of a list, in one event
)

func (s *Server) serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	if name == "events" {
		s.events(w, r)
		return
	}
	data, err := ownFiles.ReadFile(name)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("ETag", `"`+files.Sum(data).String()+`"`)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(string(data)))
}

// event says how things stand, as seen from one page. It is no difference to
// what was said before: a browser that slept reads the last one and is up to
// date.
type event struct {
	Number   int       `json:"number"`
	Page     string    `json:"page"`             // the version of the page at this address
	To       string    `json:"to,omitempty"`     // the address that it has now
	Assets   []string  `json:"assets,omitempty"` // addresses of other files that changed
	Problems *problems `json:"problems,omitempty"`
}

type problems struct {
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	List     []problem `json:"list"` // errors first, at most mostProblems
}

// problem is a diagnostic with an address that opens its place in an editor.
type problem struct {
	diag.Diagnostic
	Link string `json:"link,omitempty"`
}

// events is one open stream. Its query says which page is asking and, if it
// was connected before, the number of the last event.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	if !sameOrigin(r) {
		http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
		return
	}
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	page := r.URL.Query().Get("path")
	last, _ := strconv.Atoi(r.URL.Query().Get("since"))
	st, problems := s.state.Load(), true
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		if err := send(w, st.event(page, last, problems)); err != nil {
			return
		}
		shown := st
		for st == shown {
			select {
			case <-r.Context().Done():
				return
			case <-st.next:
				st = s.state.Load()
			case <-tick.C:
				if err := write(w, ": \n\n"); err != nil {
					return
				}
			}
		}
		last, problems = shown.number, !slices.Equal(shown.Diags, st.Diags)
	}
}

// event returns how things stand for a page that knows all up to the event
// with the number last.
func (st *state) event(page string, last int, withProblems bool) event {
	e := event{Number: st.number}
	if at := st.find(page); at.status != 0 {
		e.Page = at.file.Hash.String()
	}
	if rest, ok := strings.CutPrefix(page, st.Base); ok {
		e.To = st.movedTo(rest)
	}
	if last > 0 && last < st.number {
		for p, n := range st.touched {
			if n > last {
				e.Assets = append(e.Assets, st.Base+p)
			}
		}
		slices.Sort(e.Assets)
	}
	if withProblems {
		e.Problems = st.problems()
	}
	return e
}

// movedTo returns the address to which a page went that is gone from its own.
func (st *state) movedTo(rest string) string {
	name := rest
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	to, ok := st.moved[name]
	for range len(st.moved) {
		further, more := st.moved[to]
		if _, stands := st.Tree.Get(to); !more || stands {
			break
		}
		to = further
	}
	if _, stands := st.Tree.Get(to); !ok || !stands || to == name {
		return ""
	}
	return st.Base + strings.TrimSuffix(to, "index.html")
}

func (st *state) problems() *problems {
	p := &problems{Errors: st.Diags.Errors(), Warnings: st.Diags.Warnings(), List: []problem{}}
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, d := range st.Diags {
			if d.Severity != severity || len(p.List) == mostProblems {
				continue
			}
			link := ""
			if st.Link != nil {
				link = st.Link(d.Pos)
			}
			p.List = append(p.List, problem{d, link})
		}
	}
	return p
}

func send(w http.ResponseWriter, e event) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return write(w, fmt.Sprintf("data: %s\n\n", data))
}

func write(w http.ResponseWriter, text string) error {
	c := http.NewResponseController(w)
	_ = c.SetWriteDeadline(time.Now().Add(writeTimeout)) // recorders of tests have none
	if _, err := fmt.Fprint(w, text); err != nil {
		return err
	}
	return c.Flush()
}
