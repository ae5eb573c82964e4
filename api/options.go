package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// only refuses parameters that the route does not know: a slip in a name must not
// quietly switch nothing off.
func only(q url.Values, known ...string) error {
	for name := range q {
		if !slices.Contains(known, name) {
			return fault.Say(fault.Invalid, sayUnknown, name, strings.Join(known, "、"))
		}
	}
	return nil
}

// options reads what is on, and the kind of publication.
func (a *API) options(r *http.Request) (o engine.Options, kind string, err error) {
	q := r.URL.Query()
	if err := only(q, "hints", "certain", "off", "kind"); err != nil {
		return o, "", err
	}
	if o.Hints, err = yes(q, "hints"); err != nil {
		return o, "", err
	}
	if o.Certain, err = yes(q, "certain"); err != nil {
		return o, "", err
	}
	o.Today = web.Now(r).In(beijing).Format("2006-01-02")
	for _, off := range q["off"] {
		for code := range strings.SplitSeq(off, ",") {
			if code = strings.TrimSpace(code); code == "" {
				continue
			}
			if !a.knows(code) {
				return o, "", fault.Say(fault.Invalid, sayOff, code)
			}
			o.Off = append(o.Off, code)
		}
	}
	return o, q.Get("kind"), nil
}

func yes(q url.Values, name string) (bool, error) {
	switch q.Get(name) {
	case "", "0", "false":
		return false, nil
	case "1", "true":
		return true, nil
	}
	return false, fault.Say(fault.Invalid, sayYes, name)
}

// knows tells whether a rule or the beginning of one has this code.
func (a *API) knows(code string) bool {
	is := func(r rule.Rule) bool { return r.Code == code || strings.HasPrefix(r.Code, code+".") }
	if a.Inspections != nil {
		return slices.ContainsFunc(a.Inspections.AllRules(), is)
	}
	return slices.ContainsFunc(a.Engine().Packs(), func(p *rule.Pack) bool { return slices.ContainsFunc(p.Rules, is) })
}

func knownKind(kind string) error {
	if kind == "" || slices.ContainsFunc(privacy.Profiles(), func(p privacy.Profile) bool { return p.Kind == kind }) {
		return nil
	}
	var names []string
	for _, p := range privacy.Profiles() {
		if p.Kind != "" {
			names = append(names, p.Kind)
		}
	}
	return fault.Say(fault.Invalid, sayKind, kind, strings.Join(names, "、"))
}

// ruleLine is a rule with what was measured, in the words of
// "gongkai inspect --rules --json".
type ruleLine struct {
	Rule     string        `json:"rule"`
	Name     string        `json:"name"`
	Tier     rule.Tier     `json:"tier"`
	Severity rule.Severity `json:"severity"`
	Message  string        `json:"message"`
	Source   string        `json:"source"`
	Measured *rule.Measure `json:"measured"` // null: not measured
	Pack     string        `json:"pack"`
	Version  string        `json:"version"`
}

func (a *API) rules(w http.ResponseWriter, r *http.Request) error {
	if err := only(r.URL.Query()); err != nil {
		return err
	}
	lines := []ruleLine{}
	for _, p := range a.Engine().Packs() {
		for _, x := range p.Rules {
			lines = append(lines, ruleLine{x.Code, x.Name, x.Tier, x.Severity, x.Message, x.Source, x.Measured, p.Pack, p.Version})
		}
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	return web.JSON(w, r, http.StatusOK, map[string]any{"rules": lines})
}

// kinds lists the kinds of publication whose law asks for a list.
func (a *API) kinds(w http.ResponseWriter, r *http.Request) error {
	if err := only(r.URL.Query()); err != nil {
		return err
	}
	type kind struct {
		Kind  string   `json:"kind"`
		Name  string   `json:"name"`
		Shows []string `json:"shows"`
		Basis string   `json:"basis"`
	}
	lines := []kind{}
	for _, p := range privacy.Profiles() {
		if p.Kind != "" {
			lines = append(lines, kind{p.Kind, p.Name, slices.Concat([]string{}, p.Shows), p.Basis})
		}
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	return web.JSON(w, r, http.StatusOK, map[string]any{"kinds": lines})
}
