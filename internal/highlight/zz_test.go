package highlight
import ("testing";"os";"path/filepath";"strings"; "github.com/alecthomas/chroma/v2/lexers")
func TestZ(t *testing.T){
	g:="/root/go/pkg/mod/github.com/alecthomas/chroma/v2@v2.27.0/lexers/testdata/"
	files,_:=filepath.Glob(g+"*.actual"); more,_:=filepath.Glob(g+"*/*.actual"); n:=0
	for _,f:=range append(files,more...) {
		name := strings.TrimSuffix(filepath.Base(f), ".actual"); if d := filepath.Base(filepath.Dir(f)); d != "testdata" { name = d }
		l:=find(name); if l==nil {continue}
		b,_:=os.ReadFile(f); if len(b)>maxForeign && l.ready()==nil {t.Log("big",name,len(b));continue}
		n++
		same(t,name,string(b)); s:=string(b); for i:=1;i<4;i++ { same(t,name,s[len(s)*i/4:]); same(t,name,s[:len(s)*i/4]) }
	}
	foreign:=0
	for _,l:=range lexers.GlobalLexerRegistry.Lexers { if find(l.Config().Name).ready()==nil {foreign++; t.Log(l.Config().Name)} }
	t.Log(n,foreign)
}
