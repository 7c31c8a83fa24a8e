package fields

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

// Decode fills the struct that into points to from a mapping, which may be nil
// (only defaults apply then). Keys that it does not know are left alone: see
// Unknown. Missing required keys are reported at the place missing.
func (s *Schema) Decode(n *Node, into any, missing diag.Pos) diag.List {
	d := decoder{at: make(map[string]diag.Pos, s.places(n))}
	d.object(s, n, reflect.ValueOf(into).Elem(), missing, "")
	return d.diags
}

// places returns how many places the known keys of a mapping have, the keys of
// inner mappings left out.
func (s *Schema) places(n *Node) int {
	count := 0
	if n != nil {
		for _, k := range n.Keys {
			if s.byKey[k.Name] != nil {
				count += 1 + len(k.Value.Items)
			}
		}
	}
	return count
}

type decoder struct {
	diags diag.List
	at    map[string]diag.Pos // of all keys so far, nested ones by their path
}

func (d *decoder) object(s *Schema, n *Node, v reflect.Value, missing diag.Pos, path string) {
	at := d.at
	if path != "" && s.at >= 0 {
		at = map[string]diag.Pos{}
	}
	seen := map[*field]bool{}
	if n != nil {
		for _, k := range n.Keys {
			f := s.byKey[k.Name]
			if f == nil || k.Value.Kind == Null {
				continue
			}
			if seen[f] {
				d.diags.Error(k.Pos, "keep one of the two", "%q and %q mean the same key", f.key, f.also)
				continue
			}
			seen[f] = true
			pos := k.Value.Pos
			if k.Value.Kind != Scalar {
				pos = k.Pos
			}
			at[f.key], d.at[path+f.key] = pos, pos
			d.value(f, k.Value, v.Field(f.index), k.Name, path+f.key)
		}
	}
	for i := range s.fields {
		f := &s.fields[i]
		if seen[f] {
			continue
		}
		if f.required {
			d.diags.Error(missing, strings.TrimSpace(f.doc), "%q is missing", f.key)
		}
		if f.fallback != "" {
			d.scalar(f, &Node{Kind: Scalar, Text: f.fallback, Plain: true}, v.Field(f.index), f.key)
		}
	}
	if s.at >= 0 {
		v.Field(s.at).Set(reflect.ValueOf(at))
	}
}

func (d *decoder) value(f *field, n *Node, v reflect.Value, name, path string) {
	switch {
	case v.Type() == nodeType:
		v.Set(reflect.ValueOf(n))
	case v.Type() == dateType:
		d.scalar(f, n, v, name)
	case v.Kind() == reflect.Struct:
		d.structure(f, n, v, name, path)
	case v.Kind() == reflect.Slice:
		d.list(f, n, v, name, path)
	case v.Kind() == reflect.Map:
		d.mapping(f, n, v, name, path)
	default:
		d.scalar(f, n, v, name)
	}
}

func (d *decoder) structure(f *field, n *Node, v reflect.Value, name, path string) {
	if n.Kind != Mapping {
		d.diags.Error(n.Pos, "write its keys indented on the lines below", "%q must hold keys with values", name)
		return
	}
	d.diags.Add(Unknown(n, f.nested.Keys(), diag.Error, name))
	d.object(f.nested, n, v, n.Pos, path+".")
}

func (d *decoder) list(f *field, n *Node, v reflect.Value, name, path string) {
	items := n.Items
	if n.Kind != Sequence { // one value stands for a list of one
		items = []*Node{n}
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		inner := path + "." + strconv.Itoa(i)
		d.at[inner] = item.Pos
		d.value(f, item, out.Index(i), name, inner)
	}
	v.Set(out)
}

func (d *decoder) mapping(f *field, n *Node, v reflect.Value, name, path string) {
	if n.Kind != Mapping {
		d.diags.Error(n.Pos, "write its keys indented on the lines below", "%q must hold keys with values", name)
		return
	}
	out := reflect.MakeMapWithSize(v.Type(), len(n.Keys))
	for _, k := range n.Keys {
		e := reflect.New(v.Type().Elem()).Elem()
		if k.Value.Kind != Null {
			d.at[path+"."+k.Name] = k.Pos
			d.value(f, k.Value, e, k.Name, path+"."+k.Name)
		}
		out.SetMapIndex(reflect.ValueOf(k.Name), e)
	}
	v.Set(out)
}

func (d *decoder) scalar(f *field, n *Node, v reflect.Value, name string) {
	if n.Kind != Scalar {
		d.diags.Error(n.Pos, "give it one value on the same line", "%q must be a single value", name)
		return
	}
	text := strings.TrimSpace(n.Text)
	if v.Type() == dateType {
		date, ok := ParseDate(text)
		if !ok {
			d.diags.Error(n.Pos, "write the date as year-month-day, such as 2026-03-09", "%q is not a date: %q", name, n.Text)
			return
		}
		v.Set(reflect.ValueOf(date))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		b, ok := parseBool(text)
		if !ok {
			d.diags.Error(n.Pos, "write true or false", "%q must be true or false, not %q", name, n.Text)
			return
		}
		v.SetBool(b)
	case reflect.Int:
		d.number(f, n, v, name)
	default:
		d.word(f, n, v, name)
	}
}

func (d *decoder) number(f *field, n *Node, v reflect.Value, name string) {
	i, err := strconv.Atoi(strings.TrimSpace(n.Text))
	switch {
	case err != nil:
		d.diags.Error(n.Pos, "write digits only", "%q must be a whole number, not %q", name, n.Text)
	case f.bounded && (i < f.min || i > f.max):
		d.diags.Error(n.Pos, "choose a number from "+strconv.Itoa(f.min)+" to "+strconv.Itoa(f.max), "%q is out of range: %d", name, i)
	default:
		v.SetInt(int64(i))
	}
}

func (d *decoder) word(f *field, n *Node, v reflect.Value, name string) {
	if f.enum != nil && !slices.Contains(f.enum, n.Text) {
		d.diags.Error(n.Pos, diag.DidYouMean(n.Text, f.enum, "use one of: "+strings.Join(f.enum, ", ")), "%q cannot be %q", name, n.Text)
		return
	}
	v.SetString(n.Text)
}

func parseBool(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "on":
		return true, true
	case "false", "no", "off":
		return false, true
	}
	return false, false
}
