package web

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"text/template/parse"
)

// Check walks every page's template tree over the type of its struct and
// reports each field, method, variable or function that does not exist, each
// range over what cannot be ranged over and each call of an unknown template.
// A face's test calls it, so that a misspelt field fails the build and not a
// reader. Values of interface type cannot be looked into; pages should have none.
func (ts *Templates) Check() error {
	var errs []error
	for _, name := range ts.Names() {
		p := ts.pages[name]
		c := &checker{page: name, trees: p.trees, funcs: ts.funcs, done: map[checked]bool{}, said: map[string]bool{}}
		c.template(Entry, p.shows, nil)
		errs = append(errs, c.errs...)
	}
	return errors.Join(errs...)
}

type checked struct {
	template string
	dot      reflect.Type
}

type checker struct {
	page  string
	trees map[string]*parse.Tree
	funcs map[string]any
	done  map[checked]bool
	said  map[string]bool
	errs  []error
	tree  *parse.Tree
	vars  []variable
}

type variable struct {
	name string
	typ  reflect.Type // nil: unknown
}

func (c *checker) wrong(n parse.Node, format string, args ...any) {
	where := ""
	if c.tree != nil && n != nil {
		where, _ = c.tree.ErrorContext(n)
	}
	say := fmt.Sprintf("page %s: %s: %s", c.page, where, fmt.Sprintf(format, args...))
	if !c.said[say] {
		c.said[say] = true
		c.errs = append(c.errs, errors.New(say))
	}
}

func (c *checker) template(name string, dot reflect.Type, from parse.Node) {
	tree := c.trees[name]
	if tree == nil || tree.Root == nil {
		if from != nil {
			c.wrong(from, "no template is called %q", name)
		}
		return
	}
	key := checked{name, dot}
	if c.done[key] {
		return
	}
	c.done[key] = true
	oldTree, oldVars := c.tree, c.vars
	c.tree, c.vars = tree, []variable{{"$", dot}}
	c.walk(dot, tree.Root)
	c.tree, c.vars = oldTree, oldVars
}

func (c *checker) walk(dot reflect.Type, node parse.Node) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, x := range n.Nodes {
			c.walk(dot, x)
		}
	case *parse.ActionNode:
		c.pipe(dot, n.Pipe)
	case *parse.IfNode:
		mark := len(c.vars)
		c.pipe(dot, n.Pipe)
		c.walk(dot, n.List)
		c.vars = c.vars[:min(len(c.vars), mark+len(n.Pipe.Decl))]
		c.walk(dot, n.ElseList)
		c.vars = c.vars[:mark]
	case *parse.WithNode:
		mark := len(c.vars)
		c.walk(c.pipe(dot, n.Pipe), n.List)
		c.vars = c.vars[:mark]
		c.walk(dot, n.ElseList)
		c.vars = c.vars[:mark]
	case *parse.RangeNode:
		c.rangeNode(dot, n)
	case *parse.TemplateNode:
		var arg reflect.Type
		if n.Pipe != nil {
			arg = c.pipe(dot, n.Pipe)
		}
		c.template(n.Name, arg, n)
	}
}

func (c *checker) rangeNode(dot reflect.Type, n *parse.RangeNode) {
	mark := len(c.vars)
	t := c.plainPipe(dot, n.Pipe)
	key, elem, ok := elements(t)
	if !ok {
		c.wrong(n, "cannot range over %v", t)
	}
	switch len(n.Pipe.Decl) {
	case 1:
		c.vars = append(c.vars, variable{n.Pipe.Decl[0].Ident[0], elem})
	case 2:
		c.vars = append(c.vars, variable{n.Pipe.Decl[0].Ident[0], key}, variable{n.Pipe.Decl[1].Ident[0], elem})
	}
	c.walk(elem, n.List)
	c.vars = c.vars[:mark]
	c.walk(dot, n.ElseList)
	c.vars = c.vars[:mark]
}

// elements gives the key and element types of what a range goes over.
func elements(t reflect.Type) (key, elem reflect.Type, ok bool) {
	t = concrete(t)
	if t == nil {
		return nil, nil, true
	}
	whole := reflect.TypeFor[int]()
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return whole, t.Elem(), true
	case reflect.Map:
		return t.Key(), t.Elem(), true
	case reflect.Chan:
		return whole, t.Elem(), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return t, t, true
	case reflect.Func: // iter.Seq, iter.Seq2
		if t.NumIn() == 1 && t.In(0).Kind() == reflect.Func {
			switch y := t.In(0); y.NumIn() {
			case 1:
				return nil, y.In(0), true
			case 2:
				return y.In(0), y.In(1), true
			}
		}
	}
	return nil, nil, false
}

// concrete looks through pointers; interfaces are unknown.
func concrete(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t != nil && t.Kind() == reflect.Interface {
		return nil
	}
	return t
}

// pipe checks a pipeline, declares its variables and gives its type.
func (c *checker) pipe(dot reflect.Type, p *parse.PipeNode) reflect.Type {
	t := c.plainPipe(dot, p)
	for _, d := range p.Decl {
		if p.IsAssign {
			c.variable(d, d.Ident[0])
			continue
		}
		c.vars = append(c.vars, variable{d.Ident[0], t})
	}
	return t
}

func (c *checker) plainPipe(dot reflect.Type, p *parse.PipeNode) reflect.Type {
	var t reflect.Type
	for i, cmd := range p.Cmds {
		t = c.command(dot, cmd, t, i > 0)
	}
	return t
}

func (c *checker) variable(n parse.Node, name string) reflect.Type {
	for _, v := range slices.Backward(c.vars) {
		if v.name == name {
			return v.typ
		}
	}
	c.wrong(n, "no variable is called %s", name)
	return nil
}

func (c *checker) command(dot reflect.Type, cmd *parse.CommandNode, final reflect.Type, piped bool) reflect.Type {
	args := cmd.Args[1:]
	for _, a := range args {
		if _, ok := a.(*parse.IdentifierNode); !ok {
			c.operand(dot, a)
		}
	}
	n := len(args)
	if piped {
		n++
	}
	switch first := cmd.Args[0].(type) {
	case *parse.IdentifierNode:
		return c.call(dot, first, args, final, piped)
	case *parse.FieldNode:
		return c.chain(first, dot, first.Ident, n)
	case *parse.VariableNode:
		return c.chain(first, c.variable(first, first.Ident[0]), first.Ident[1:], n)
	case *parse.ChainNode:
		return c.chain(first, c.operand(dot, first.Node), first.Field, n)
	}
	return c.operand(dot, cmd.Args[0])
}

func (c *checker) operand(dot reflect.Type, node parse.Node) reflect.Type {
	switch n := node.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.chain(n, dot, n.Ident, 0)
	case *parse.VariableNode:
		return c.chain(n, c.variable(n, n.Ident[0]), n.Ident[1:], 0)
	case *parse.ChainNode:
		return c.chain(n, c.operand(dot, n.Node), n.Field, 0)
	case *parse.PipeNode:
		return c.plainPipe(dot, n)
	case *parse.IdentifierNode:
		return c.call(dot, n, nil, nil, false)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	case *parse.NumberNode:
		if n.IsInt {
			return reflect.TypeFor[int]()
		}
		return reflect.TypeFor[float64]()
	}
	return nil
}

// chain follows .A.B.C; args is how many arguments the last one is given.
func (c *checker) chain(n parse.Node, t reflect.Type, names []string, args int) reflect.Type {
	for i, name := range names {
		if t == nil || t.Kind() == reflect.Interface && t.NumMethod() == 0 {
			return nil
		}
		given := 0
		if i == len(names)-1 {
			given = args
		}
		next, ok := c.member(n, t, name, given)
		if !ok {
			return nil
		}
		t = next
	}
	return t
}

func (c *checker) member(n parse.Node, t reflect.Type, name string, args int) (reflect.Type, bool) {
	recv := t
	if t.Kind() != reflect.Interface && t.Kind() != reflect.Pointer {
		recv = reflect.PointerTo(t) // template values are often addressable; Bytes passes pages by value
	}
	if m, ok := t.MethodByName(name); ok {
		return c.method(n, m, t, args)
	}
	if m, ok := recv.MethodByName(name); ok && t != recv {
		return c.method(n, m, recv, args)
	}
	s := concrete(t)
	if s == nil {
		c.wrong(n, "%v has no method %s", t, name)
		return nil, false
	}
	switch s.Kind() {
	case reflect.Struct:
		f, ok := s.FieldByName(name)
		if !ok || !f.IsExported() {
			c.wrong(n, "%v has no field or method %s", t, name)
			return nil, false
		}
		return f.Type, true
	case reflect.Map:
		return s.Elem(), true
	}
	c.wrong(n, "%v has no field or method %s", t, name)
	return nil, false
}

func (c *checker) method(n parse.Node, m reflect.Method, recv reflect.Type, args int) (reflect.Type, bool) {
	in := m.Type.NumIn()
	if recv.Kind() != reflect.Interface {
		in-- // the receiver
	}
	if !m.Type.IsVariadic() && in != args || m.Type.IsVariadic() && args < in-1 {
		c.wrong(n, "%s takes %d arguments, got %d", m.Name, in, args)
	}
	if m.Type.NumOut() == 0 {
		c.wrong(n, "%s gives no value", m.Name)
		return nil, false
	}
	return m.Type.Out(0), true
}
