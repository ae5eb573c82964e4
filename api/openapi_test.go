package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/web"
)

// spec is the document as the program serves it.
func (w *world) spec() map[string]any {
	w.Helper()
	a := w.get("/api/v1/openapi.json")
	var spec map[string]any
	w.must(json.Unmarshal(a.body, &spec))
	if a.status != 200 || spec["openapi"] != "3.1.0" {
		w.Fatalf("%s answered %d, openapi %v", a.call, a.status, spec["openapi"])
	}
	return spec
}

func at(v any, path ...string) any {
	for _, p := range path {
		m, _ := v.(map[string]any)
		v = m[p]
	}
	return v
}

// TestEveryRouteStandsInTheDocument and nothing else does; and it says which of
// them ask for a token.
func TestEveryRouteStandsInTheDocument(t *testing.T) {
	w := newWorld(t, nil)
	spec := w.spec()
	want := map[string]bool{} // needs a token
	for _, r := range w.api.Table() {
		want[r.Method+" "+r.Pattern] = r.Right != web.Public
	}
	got := map[string]bool{}
	for path, methods := range at(spec, "paths").(map[string]any) {
		for method, op := range methods.(map[string]any) {
			got[strings.ToUpper(method)+" "+path] = at(op, "security") != nil
			if at(op, "summary") == nil || at(op, "operationId") == nil {
				t.Errorf("%s %s has no summary or no operationId", method, path)
			}
		}
	}
	if len(got) != len(want) {
		t.Errorf("the document has %d routes, the router %d", len(got), len(want))
	}
	for route, token := range want {
		if has, ok := got[route]; !ok || has != token {
			t.Errorf("%s: in the document %v, token %v, want token %v", route, ok, has, token)
		}
	}
}

// TestTheExamplesOfTheDocumentAreValid checks each example against its schema.
func TestTheExamplesOfTheDocumentAreValid(t *testing.T) {
	w := newWorld(t, nil)
	spec := w.spec()
	n := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			if ex, ok := v["example"]; ok {
				n++
				for _, p := range against(spec, v["schema"], ex, path) {
					t.Error(p)
				}
			}
			for k, x := range v {
				walk(path+"/"+k, x)
			}
		case []any:
			for i, x := range v {
				walk(fmt.Sprint(path, "/", i), x)
			}
		}
	}
	walk("", spec["paths"])
	if n < 8 {
		t.Errorf("the document has %d examples", n)
	}
}

// TestAnswersAreAsTheDocumentSays checks what the program really answers.
func TestAnswersAreAsTheDocumentSays(t *testing.T) {
	w := newWorld(t, nil)
	spec := w.spec()
	id := w.public("关于做好2026年义务教育招生入学工作的通知")
	schema := func(path, method, status string) any {
		return at(spec, "paths", path, method, "responses", status, "content", "application/json", "schema")
	}
	for _, c := range []struct {
		name   string
		a      answer
		schema any
	}{
		{"an inspection", w.inspect("?hints=1", "application/json", `{"text":"`+slip+`（一）任然","title":"任然"}`), schema("/api/v1/inspect", "post", "200")},
		{"a refusal", w.inspect("", "text/plain", ""), schema("/api/v1/inspect", "post", "400")},
		{"no token", w.do("POST", "/api/v1/inspect", "", "text/plain", nil), schema("/api/v1/inspect", "post", "401")},
		{"the rules", w.get("/api/v1/inspect/rules"), schema("/api/v1/inspect/rules", "get", "200")},
		{"the kinds", w.get("/api/v1/inspect/kinds"), schema("/api/v1/inspect/kinds", "get", "200")},
		{"the items", w.get("/api/v1/items"), schema("/api/v1/items", "get", "200")},
		{"an item", w.get("/api/v1/items/" + string(id)), schema("/api/v1/items/{id}", "get", "200")},
		{"no item", w.get("/api/v1/items/nothing"), schema("/api/v1/items/{id}", "get", "404")},
	} {
		if c.schema == nil {
			t.Errorf("%s: the document has no schema", c.name)
			continue
		}
		var v any
		w.must(json.Unmarshal(c.a.body, &v))
		for _, p := range against(spec, c.schema, v, c.name) {
			t.Error(p)
		}
	}
}

// TestTheValidatorRefuses: a check that lets everything through would look just
// like a good document.
func TestTheValidatorRefuses(t *testing.T) {
	w := newWorld(t, nil)
	spec := w.spec()
	schema := map[string]any{"$ref": "#/components/schemas/Inspection"}
	for name, bad := range map[string]string{
		"a field missing":        `{"file":"a","findings":[]}`,
		"a field too many":       `{"file":"a","findings":[],"unread":[],"more":1}`,
		"a wrong type":           `{"file":1,"findings":[],"unread":[]}`,
		"a word not in the list": `{"file":"a","unread":[],"findings":[{"rule":"a","tier":"D","severity":"error","start":0,"end":1,"text":"","suggest":[],"message":"","source":"","confidence":1,"part":"","cell":"","page":0}]}`,
		"a number too large":     `{"file":"a","unread":[],"findings":[{"rule":"a","tier":"A","severity":"error","start":0,"end":1,"text":"","suggest":[],"message":"","source":"","confidence":2,"part":"","cell":"","page":0}]}`,
		"no whole number":        `{"file":"a","unread":[],"findings":[{"rule":"a","tier":"A","severity":"error","start":0.5,"end":1,"text":"","suggest":[],"message":"","source":"","confidence":1,"part":"","cell":"","page":0}]}`,
	} {
		var v any
		w.must(json.Unmarshal([]byte(bad), &v))
		if got := against(spec, schema, v, name); len(got) != 1 {
			t.Errorf("%s: %v, want one problem", name, got)
		}
	}
}

// against checks a value against as much of JSON Schema as the document uses.
func against(spec map[string]any, schema, v any, path string) (wrong []string) {
	s, ok := schema.(map[string]any)
	if !ok {
		return []string{path + ": no schema"}
	}
	if ref, ok := s["$ref"].(string); ok {
		return against(spec, at(spec, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...), v, path)
	}
	for key := range s {
		if !slices.Contains([]string{"type", "required", "properties", "additionalProperties", "items", "enum", "minimum", "maximum", "description", "format"}, key) {
			wrong = append(wrong, fmt.Sprintf("%s: the test does not know %q", path, key))
		}
	}
	if !isType(s["type"], v) {
		return append(wrong, fmt.Sprintf("%s: %v is no %v", path, v, s["type"]))
	}
	if list, ok := s["enum"].([]any); ok && !slices.Contains(list, v) {
		wrong = append(wrong, fmt.Sprintf("%s: %v is none of %v", path, v, list))
	}
	switch v := v.(type) {
	case float64:
		if least, ok := s["minimum"].(float64); ok && v < least {
			wrong = append(wrong, fmt.Sprintf("%s: %v is too small", path, v))
		}
		if most, ok := s["maximum"].(float64); ok && v > most {
			wrong = append(wrong, fmt.Sprintf("%s: %v is too large", path, v))
		}
	case []any:
		for i, x := range v {
			wrong = append(wrong, against(spec, s["items"], x, fmt.Sprint(path, "/", i))...)
		}
	case map[string]any:
		if need, ok := s["required"].([]any); ok {
			for _, n := range need {
				if _, ok := v[n.(string)]; !ok {
					wrong = append(wrong, fmt.Sprintf("%s: %v is missing", path, n))
				}
			}
		}
		known, _ := s["properties"].(map[string]any)
		for k, x := range v {
			switch sub, ok := known[k]; {
			case ok:
				wrong = append(wrong, against(spec, sub, x, path+"/"+k)...)
			case s["additionalProperties"] == false:
				wrong = append(wrong, fmt.Sprintf("%s: %s is not known", path, k))
			}
		}
	}
	return wrong
}

func isType(t, v any) bool {
	if many, ok := t.([]any); ok {
		return slices.ContainsFunc(many, func(one any) bool { return isType(one, v) })
	}
	switch t {
	case "string":
		_, ok := v.(string)
		return ok
	case "boolean":
		_, ok := v.(bool)
		return ok
	case "number":
		_, ok := v.(float64)
		return ok
	case "integer":
		n, ok := v.(float64)
		return ok && n == math.Trunc(n)
	case "array":
		_, ok := v.([]any)
		return ok
	case "object":
		_, ok := v.(map[string]any)
		return ok
	case "null":
		return v == nil
	}
	return false
}
