package fields

import (
	"reflect"
	"strconv"
)

// Object is a JSON object; encoding/json writes its keys sorted.
type Object = map[string]any

// JSONSchema returns the schema of the mapping as a JSON Schema object
// (draft 2020-12), to be merged with others under one title by the caller.
func (s *Schema) JSONSchema() Object {
	properties := Object{}
	var required []string
	for _, f := range s.fields {
		p := f.jsonSchema(f.typ)
		if f.doc != "" {
			p["description"] = f.doc
		}
		if f.fallback != "" {
			p["default"] = typed(f.typ, f.fallback)
		}
		properties[f.key] = p
		if f.also != "" {
			properties[f.also] = Object{"$comment": "another spelling of " + f.key}
		}
		if f.required {
			required = append(required, f.key)
		}
	}
	out := Object{"type": "object", "properties": properties, "additionalProperties": false}
	if required != nil {
		out["required"] = required
	}
	return out
}

func (f field) jsonSchema(t reflect.Type) Object {
	switch {
	case t == dateType:
		return Object{"type": "string", "format": "date"}
	case t.Kind() == reflect.Bool:
		return Object{"type": "boolean"}
	case t.Kind() == reflect.Int:
		out := Object{"type": "integer"}
		if f.bounded {
			out["minimum"], out["maximum"] = f.min, f.max
		}
		return out
	case t.Kind() == reflect.Slice:
		one := f.jsonSchema(t.Elem())
		if t.Elem().Kind() == reflect.String {
			return Object{"oneOf": []Object{one, {"type": "array", "items": one}}}
		}
		return Object{"type": "array", "items": one}
	case t.Kind() == reflect.Map:
		return Object{"type": "object", "additionalProperties": f.jsonSchema(t.Elem())}
	case t.Kind() == reflect.Struct:
		return f.nested.JSONSchema()
	case t == nodeType:
		return Object{}
	}
	out := Object{"type": "string"}
	if f.enum != nil {
		out["enum"] = f.enum
	}
	return out
}

func typed(t reflect.Type, text string) any {
	switch t.Kind() {
	case reflect.Bool:
		return text == "true"
	case reflect.Int:
		n, _ := strconv.Atoi(text)
		return n
	}
	return text
}
