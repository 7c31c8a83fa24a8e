package handout

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// refers are attributes that hold ids of the page, parted by spaces.
var refers = []string{"for", "form", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto"}

// Embed makes a part of a larger page of the main part of a page, an article. Its
// ids and what refers to them get the prefix, its headings go down by so many
// levels, and it is named by data-embedded, which holds the prefix for scripts.
func Embed(main []byte, id, prefix string, down int) ([]byte, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(main), body)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(nodes, func(n *html.Node) bool { return n.DataAtom == atom.Article })
	if at < 0 {
		return nil, errors.New("the page is no article")
	}
	article := nodes[at]
	for _, n := range elements(article) {
		if n.DataAtom == atom.Section { // a landmark of one page would stand many times in this one
			drop(n, func(a html.Attribute) bool {
				return a.Key == "role" || a.Key == "aria-label" || a.Key == "aria-labelledby"
			})
		}
		prefixed(n, prefix)
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			n.Data = "h" + string(rune(min(n.Data[1]+byte(down), '6')))
			n.DataAtom = atom.Lookup([]byte(n.Data))
		}
	}
	class, _ := get(article, "class")
	names := slices.DeleteFunc(strings.Fields(class), func(name string) bool { return name == "page" })
	article.Data, article.DataAtom = "div", atom.Div
	set(article, "class", strings.Join(append(names, "embedded"), " "))
	set(article, "id", id)
	set(article, "data-embedded", prefix)
	var b bytes.Buffer
	err = html.Render(&b, article)
	return b.Bytes(), err
}

// prefixed gives an element's id, and the ids that it refers to, a prefix.
func prefixed(n *html.Node, prefix string) {
	for i, a := range n.Attr {
		switch {
		case a.Key == "id" && a.Val != "":
			n.Attr[i].Val = prefix + a.Val
		case a.Key == "href" && strings.HasPrefix(a.Val, "#") && len(a.Val) > 1:
			n.Attr[i].Val = "#" + prefix + a.Val[1:]
		case slices.Contains(refers, a.Key):
			ids := strings.Fields(a.Val)
			for j := range ids {
				ids[j] = prefix + ids[j]
			}
			n.Attr[i].Val = strings.Join(ids, " ")
		}
	}
}
