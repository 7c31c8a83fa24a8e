package fields

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

// Schema describes the keys of one struct type. Its fields carry tags:
//
//	key:"name"       the key; "-" leaves the field out
//	also:"other"     another spelling of the key
//	doc:"Sentence."  what it means, for editors
//	enum:"a,b"       the allowed words
//	default:"x"      the value where the key is absent
//	required:"true"  the key must be present
//	min:"1" max:"9"  bounds of an int
//
// A field may be a string, bool, int, Date, []string, struct, []struct or
// map[string] of these, or a *Node, which takes any value as it is. A field At of type map[string]diag.Pos is filled with
// the place of each key that is present: of its value, or of the key where the
// value is a list or a mapping. The At of the outermost struct also holds the
// keys of inner values by path, such as "rules.0.when".
type Schema struct {
	typ    reflect.Type
	fields []field
	byKey  map[string]*field
	keys   []string // of byKey, sorted
	at     int      // index of the field At, or -1
}

type field struct {
	index          int
	key, also, doc string
	enum           []string
	fallback       string
	required       bool
	min, max       int
	bounded        bool
	typ            reflect.Type
	nested         *Schema // of a struct, or of the elements of a slice or map
}

var (
	atType   = reflect.TypeFor[map[string]diag.Pos]()
	dateType = reflect.TypeFor[Date]()
	nodeType = reflect.TypeFor[*Node]()
)

// Describe returns the schema of a struct type. It panics on a type that
// cannot be described, which only a programmer can cause.
func Describe(typ reflect.Type) *Schema {
	s := &Schema{typ: typ, byKey: map[string]*field{}, at: -1}
	for i := range typ.NumField() {
		sf := typ.Field(i)
		if sf.Type == atType && sf.Name == "At" {
			s.at = i
			continue
		}
		if key := sf.Tag.Get("key"); key != "" && key != "-" {
			s.fields = append(s.fields, describe(i, key, sf))
		}
	}
	for i := range s.fields {
		f := &s.fields[i]
		s.byKey[f.key] = f
		if f.also != "" {
			s.byKey[f.also] = f
		}
	}
	s.keys = sortedKeys(s.byKey)
	return s
}

func describe(i int, key string, sf reflect.StructField) field {
	f := field{index: i, key: key, also: sf.Tag.Get("also"), doc: sf.Tag.Get("doc"), typ: sf.Type,
		fallback: sf.Tag.Get("default"), required: sf.Tag.Get("required") == "true"}
	if e := sf.Tag.Get("enum"); e != "" {
		f.enum = strings.Split(e, ",")
	}
	lo, hi := sf.Tag.Get("min"), sf.Tag.Get("max")
	if f.bounded = lo != "" && hi != ""; f.bounded {
		f.min, _ = strconv.Atoi(lo)
		f.max, _ = strconv.Atoi(hi)
	}
	if t := element(sf.Type); t.Kind() == reflect.Struct && t != dateType {
		f.nested = Describe(t)
	}
	return f
}

// element is the struct or scalar type inside slices and maps.
func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return t
}

// Keys returns the names of all keys, sorted. The caller must not change them.
func (s *Schema) Keys() []string { return s.keys }

// Unknown reports the keys of the mapping that are not among the known ones,
// with the nearest that is.
func Unknown(n *Node, known []string, severity diag.Severity, what string) diag.List {
	var diags diag.List
	if n == nil {
		return nil
	}
	for _, k := range n.Keys {
		if _, ok := slices.BinarySearch(known, k.Name); ok {
			continue
		}
		hint := diag.DidYouMean(k.Name, known, "keys of your own go under params")
		diags = append(diags, diag.Diagnostic{Severity: severity, Pos: k.Pos, Message: "unknown " + what + " key " + strconv.Quote(k.Name), Hint: hint})
	}
	return diags
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
