package web

import (
	"maps"
	"reflect"
	"slices"
	"text/template/parse"
)

// call checks a function of the FuncMap; the built-in ones are known by rule.
func (c *checker) call(dot reflect.Type, id *parse.IdentifierNode, args []parse.Node, final reflect.Type, piped bool) reflect.Type {
	var given []reflect.Type
	for _, a := range args {
		given = append(given, c.operand(dot, a))
	}
	if piped {
		given = append(given, final)
	}
	f, ok := c.funcs[id.Ident]
	if !ok {
		return c.builtin(id, given)
	}
	t := reflect.TypeOf(f)
	in := t.NumIn()
	if !t.IsVariadic() && in != len(given) || t.IsVariadic() && len(given) < in-1 {
		c.wrong(id, "%s takes %d arguments, got %d", id.Ident, in, len(given))
		return t.Out(0)
	}
	for i, g := range given {
		want := t.In(min(i, in-1))
		if t.IsVariadic() && i >= in-1 {
			want = t.In(in - 1).Elem()
		}
		if !fits(g, want) {
			c.wrong(id, "%s: argument %d is %v, wants %v", id.Ident, i+1, g, want)
		}
	}
	return t.Out(0)
}

func fits(got, want reflect.Type) bool {
	switch {
	case got == nil || got.Kind() == reflect.Interface || got.AssignableTo(want):
		return true
	case want.Kind() == reflect.Pointer:
		return got.AssignableTo(want.Elem())
	case got.Kind() == reflect.Pointer && got.Elem().AssignableTo(want):
		return true
	}
	num := func(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Float64 }
	return num(got.Kind()) && num(want.Kind()) && got == reflect.TypeFor[int]() // a number as written
}

func (c *checker) builtin(id *parse.IdentifierNode, given []reflect.Type) reflect.Type {
	switch id.Ident {
	case "and", "or":
		for i, g := range given {
			if i > 0 && g != given[0] {
				return nil
			}
		}
		if len(given) > 0 {
			return given[0]
		}
	case "not", "eq", "ne", "lt", "le", "gt", "ge":
		return reflect.TypeFor[bool]()
	case "len":
		return reflect.TypeFor[int]()
	case "print", "printf", "println", "html", "js", "urlquery":
		return reflect.TypeFor[string]()
	case "index":
		t := given[0]
		for range given[1:] {
			if t = concrete(t); t == nil {
				return nil
			}
			_, elem, ok := elements(t)
			if !ok {
				c.wrong(id, "cannot index %v", t)
				return nil
			}
			t = elem
		}
		return t
	case "slice":
		return given[0]
	case "call", "break", "continue":
		return nil
	default:
		c.wrong(id, "no function is called %s (known: %v)", id.Ident, slices.Sorted(maps.Keys(c.funcs)))
	}
	return nil
}
