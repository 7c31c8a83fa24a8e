package render

import "strings"

// String says the question in words.
func (k Key) String() string {
	switch k.Kind {
	case Meta:
		return "what others see of " + k.Name
	case Slug:
		return "which page is called " + named(k.Name, "nothing") + ", and what others see of it"
	case Body:
		return "the text of " + k.Name
	case Links:
		return "where the links of " + k.Name + " lead"
	case Section:
		return "the pages of the folder " + named(k.Name, "content")
	case Folder:
		return "the title of the folder " + named(k.Name, "content")
	case Group:
		name, number, _ := strings.Cut(k.Name, "#")
		return "page " + number + " of the list of " + name
	case Neighbours:
		return "what stands before and after " + k.Name
	case Related:
		return "what is related to " + k.Name
	case CitedBy:
		return "who cites " + k.Name
	case WrittenBy:
		return "what " + k.Name + " wrote"
	case Places:
		return "which guides lead to " + k.Name
	case Shared:
		if k.Name == "" {
			return "where the navigation leads"
		}
		name, at, _ := strings.Cut(k.Name, "\x00")
		return "the piece " + name + " for pages below " + named(at, "no entry of the navigation")
	case Layout:
		return "the layout " + k.Name
	case Asset:
		return "the asset " + k.Name
	case File:
		return "the file " + k.Name
	case Keys:
		return "who can open " + k.Name
	}
	return [...]string{Glossary: "the glossary", Menu: "the navigation", Tags: "all tags", Facets: "all facet values",
		Listing: "the list of all pages", Config: "the settings", Today: "the day", Messages: "the words of the interface", Unsaid: "what only handouts say"}[k.Kind]
}

func named(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return name
}
