package render

import (
	"rapport/internal/advice"
	"rapport/internal/site"
)

// Checklist, Assessment, Template and Questions return what the page is, or nil.
func (p *PageView) Checklist() *advice.Checklist   { return p.own().Checklist }
func (p *PageView) Assessment() *advice.Assessment { return p.own().Assessment }
func (p *PageView) Template() *advice.Template     { return p.own().Template }
func (p *PageView) Questions() *advice.Questions   { return p.own().Questions }

// own is what the page alone shows. It is fetched when it is first asked for.
func (p *PageView) own() *site.Own {
	if p.text == nil {
		p.text = &site.Own{}
		if p.page != nil {
			own, err := p.world.texts.Own(p.page)
			if err != nil {
				p.err = err
				return p.text
			}
			p.text = own
		}
	}
	return p.text
}
