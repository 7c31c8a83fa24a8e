package render

import "testing"

func TestScripted(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
	for svg, want := range map[string]string{
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">` + open + `<style>a{fill:red}</style><a href="https://example.org/"><path d="M0 0"/></a><use xlink:href="#one"/></svg>`: "",
		open + `<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Words</div></foreignObject><image href="data:image/png;base64,AA=="/></svg>`:                                                                              "",
		"<?xml version=\"1.0\" encoding = \"ISO-2022-JP\"?>" + open + `</svg>`:       "an encoding that is not UTF-8",
		"<?xml version='1.0' encoding='utf-8'?>" + open + `</svg>`:                   "",
		open + `<?xml version="1.0"?></svg>`:                                         "<?xml?>",
		" <?xml version=\"1.0\"?>" + open + `</svg>`:                                 "<?xml?>",
		open + "<!-- \x1b$B--><path/></svg>":                                         "bytes that are not plain UTF-8 text",
		open + "\xff</svg>":                                                          "bytes that are not plain UTF-8 text",
		open + `<script>alert(1)</script></svg>`:                                     "<script>",
		open + `<SCRIPT href="x.js"/></svg>`:                                         "<SCRIPT>",
		`<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script/></x:svg>`:            "<script>",
		`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`:                "the attribute onload",
		open + `<a xlink:href="jAva&#10;script:alert(1)"/></svg>`:                    "the attribute href",
		open + `<set attributeName="href" to=" javascript:alert(1)"/></svg>`:         "the attribute to",
		open + `<animate values="#a;javascript:alert(1)"/></svg>`:                    "the attribute values",
		open + `<use href="data:image/svg+xml,%3Csvg%3E"/></svg>`:                    "the attribute href",
		open + `<foreignObject><iframe srcdoc="x"/></foreignObject></svg>`:           "<iframe>",
		`<?xml-stylesheet href="a.xsl"?>` + open + `</svg>`:                          "<?xml-stylesheet?>",
		`<!DOCTYPE svg [<!ENTITY s "<script/>">]>` + open + `&s;</svg>`:              "entities of its own",
		open + `<path></svg>`:                                                        "XML that cannot be read: on line 1: element <path> closed by </svg>",
		`<html xmlns="http://www.w3.org/1999/xhtml"><body onpageshow="x()"/></html>`: "the attribute onpageshow",
	} {
		if got := scripted([]byte(svg)); got != want {
			t.Errorf("%s: found %q, want %q", svg, got, want)
		}
	}
}
