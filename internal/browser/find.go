package browser

import (
	"path/filepath"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// finder is put before each search: it finds visible things by the name a
// reader would give them. An exact name goes before one that only contains it.
const finder = `
const squeeze = s => (s || "").replace(/\s+/g, " ").trim();
const shown = e => { if (e.closest("[aria-hidden=true]")) return false; const r = e.getBoundingClientRect(); return e.checkVisibility({visibilityProperty: true}) && r.width + r.height > 0 };
const byIDs = ids => squeeze((ids || "").split(/\s+/).filter(Boolean).map(i => document.getElementById(i)?.textContent).join(" "));
const nameOf = e => squeeze(e.getAttribute("aria-label")) || byIDs(e.getAttribute("aria-labelledby")) ||
	[...(e.labels || [])].map(l => squeeze(l.textContent)).join(" ") || squeeze(e.tagName == "INPUT" && /^(submit|button)$/.test(e.type) ? e.value : e.innerText ?? e.textContent) || squeeze(e.title) || squeeze(e.placeholder);
const kinds = {
	press: "a[href], button, summary, input[type=submit], input[type=button], [role=button], [role=tab], [role=menuitem], label:has(input[type=radio]), label:has(input[type=checkbox])",
	field: "input:not([type=hidden]):not([type=submit]):not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]",
	choice: "input[type=radio], input[type=checkbox]",
	file: "input[type=file]",
};
const find = (kind, name, all) => {
	const within = document.querySelector("dialog[open]") || document;
	const list = [...within.querySelectorAll(kinds[kind])].filter(e => kind == "file" || kind == "choice" || shown(e));
	const named = list.map(e => [e, nameOf(e)]);
	const hits = named.filter(([, n]) => n == name).concat(named.filter(([, n]) => n != name && n.includes(name)));
	if (all) return named.map(([, n]) => n).filter(Boolean);
	return hits.length ? hits[0][0] : null;
};
`

// object finds one thing and holds on to it, waiting until it is there.
func (p *Page) object(kind, name string) *runtime.RemoteObject {
	p.t.Helper()
	var found *runtime.RemoteObject
	p.eventually(func() string {
		o, err := chromedp.Run(p.ctx, chromedp.Evaluate[*runtime.RemoteObject](bind("{"+finder+"find($0, $1)}", []any{kind, name})))
		if err == nil && o != nil && o.ObjectID != "" {
			found = o
			return ""
		}
		there, _ := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](bind("{"+finder+"find($0, $1, true)}", []any{kind, name})))
		return "no " + kind + " is called “" + name + "”; there are: " + quoted(there)
	})
	return found
}

// on calls a function of the test on a thing, with the thing as this, and waits for
// what it promises.
func on[T any](p *Page, o *runtime.RemoteObject, function string, args ...any) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.CallFunctionOn[T](function, func(c *runtime.CallFunctionOnParams) {
		wait := true
		c.ObjectID, c.AwaitPromise = o.ObjectID, &wait
	}, args...))
	if err != nil {
		p.fail("evaluate: %v", err)
	}
	return v
}

// aim brings a thing into view, waits until it stands still, and says where the
// middle of its first line is and whether it is the thing one would hit there.
const aim = `async function(scripts) {
	const at = () => { const r = this.getClientRects()[0] || this.getBoundingClientRect(); return [r.x + r.width/2, r.y + r.height/2] };
	const frame = () => new Promise(done => requestAnimationFrame(done));
	this.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
	for (let still = 0, tries = 0; scripts && still < 2 && tries < 200; tries++) {
		const before = String(at());
		await frame();
		still = String(at()) == before ? still + 1 : 0;
	}
	const [x, y] = at(), hit = document.elementFromPoint(x, y);
	const label = this.labels && [...this.labels].some(l => l.contains(hit));
	return [x, y, hit && (this.contains(hit) || hit.contains(this) || label) ? 1 : 0];
}`

// guard lets the next press through only where it meets the thing: the page may move
// between the aim and the press, or under the finger. What meets something else does
// nothing.
const guard = `function() {
	const kinds = ["pointerdown", "mousedown", "touchstart", "pointerup", "mouseup", "touchend", "click"];
	const press = this.gongkaiPress = {missed: false, met: false, end: () => kinds.forEach(k => window.removeEventListener(k, see, {capture: true}))};
	const see = e => {
		const hit = e.target, label = this.labels && [...this.labels].some(l => l.contains(hit));
		if (!this.contains(hit) && !label) press.missed = true;
		if (press.missed) { e.preventDefault(); e.stopImmediatePropagation() }
		else if (e.type == "click") { press.met = true; press.end() }
	};
	kinds.forEach(k => window.addEventListener(k, see, {capture: true, passive: false}));
}`

// met tells whether the press has met the thing. A tap becomes a click a little later.
const met = `async function() {
	const press = this.gongkaiPress;
	for (let n = 0; n < 50 && press && !press.met && !press.missed; n++) await new Promise(done => setTimeout(done, 10));
	press?.end();
	return !press || press.met;
}`

// press clicks, or taps, the middle of the first line of a thing. If the page moved
// away under the finger it aims anew.
func (p *Page) press(o *runtime.RemoteObject) {
	p.t.Helper()
	for tries := 0; ; tries++ {
		at := on[[]float64](p, o, aim, !p.view.NoScript)
		if at[2] == 0 {
			p.fail("something covers what is to be pressed: %s", on[string](p, o, `function() {
				const r = this.getClientRects()[0] || this.getBoundingClientRect();
				const hit = document.elementFromPoint(r.x + r.width/2, r.y + r.height/2);
				return this.outerHTML.slice(0, 200) + " is covered by " + (hit ? hit.outerHTML.slice(0, 200) : "nothing") }`))
		}
		if !p.view.NoScript {
			on[chromedp.Void](p, o, guard)
		}
		if p.view.Touch {
			p.must("tap", chromedp.TapXY(at[0], at[1]))
		} else {
			p.must("click", chromedp.MouseClickXY(at[0], at[1]))
		}
		p.settle()
		if p.view.NoScript || p.met(o) {
			return
		}
		if tries == 20 {
			p.fail("what is to be pressed does not stand still: %s", on[string](p, o, `function() { return this.outerHTML.slice(0, 200) }`))
		}
	}
}

// met tells whether the last press has met a thing. A thing that is gone was pressed:
// its page has been left.
func (p *Page) met(o *runtime.RemoteObject) bool {
	p.t.Helper()
	ok, err := chromedp.Run(p.ctx, chromedp.CallFunctionOn[bool](met, func(c *runtime.CallFunctionOnParams) {
		wait := true
		c.ObjectID, c.AwaitPromise = o.ObjectID, &wait
	}))
	return err != nil || ok
}

// Click presses the link, button or choice of this name and waits for what
// follows.
func (p *Page) Click(name string) *Page {
	p.t.Helper()
	p.press(p.object("press", name))
	return p
}

// Fill replaces what stands in the field with this label, key by key where
// scripts listen.
func (p *Page) Fill(label, text string) *Page {
	p.t.Helper()
	o := p.object("field", label)
	date := on[bool](p, o, `function() { this.scrollIntoView({block: "center"}); this.focus(); if (this.select) this.select(); else document.getSelection().selectAllChildren(this); return /^(date|datetime-local|time|month|number)$/.test(this.type) }`)
	if date {
		on[chromedp.Void](p, o, `function(v) { this.value = v; this.dispatchEvent(new Event("input", {bubbles: true})); this.dispatchEvent(new Event("change", {bubbles: true})) }`, text)
		return p
	}
	p.must("clear "+label, chromedp.KeyEvent(kb.Delete))
	p.Type(text)
	return p
}

// Type types at the place of the cursor.
func (p *Page) Type(text string) *Page {
	p.t.Helper()
	insert(p, text)
	return p
}

// Key presses one key, as chromedp writes it ("\r", kb.Tab), with others held down.
func (p *Page) Key(key string, held ...kb.Modifier) *Page {
	p.t.Helper()
	p.must("press a key", chromedp.KeyEvent(key, chromedp.KeyModifiers(held...)))
	p.settle()
	return p
}

// Select takes the option with this text, or part of it, in a select field.
func (p *Page) Select(label, option string) *Page {
	p.t.Helper()
	o := p.object("field", label)
	said := on[string](p, o, `function(want) {
		const all = [...(this.options || [])], o = all.find(o => o.text.trim() == want) || all.find(o => o.text.includes(want));
		if (!o) return "no option “" + want + "” but " + all.map(o => o.text.trim()).join(", ");
		this.value = o.value;
		this.dispatchEvent(new Event("input", {bubbles: true})); this.dispatchEvent(new Event("change", {bubbles: true}));
		return "" }`, option)
	if said != "" {
		p.fail("select %s: %s", label, said)
	}
	p.settle()
	return p
}

// Choose ticks the radio button or check box with this label.
func (p *Page) Choose(label string) *Page {
	p.t.Helper()
	o := p.object("choice", label)
	if !on[bool](p, o, `function() { return this.checked }`) {
		p.press(o)
	}
	return p
}

// Upload hands files to the file field with this label.
func (p *Page) Upload(label string, files ...string) *Page {
	p.t.Helper()
	o := p.object("file", label)
	for i, f := range files {
		full, err := filepath.Abs(f)
		if err != nil {
			p.fail("upload: %v", err)
		}
		files[i] = full
	}
	setFiles(p, o, files)
	p.settle()
	return p
}

// Value is what stands in the field with this label.
func (p *Page) Value(label string) string {
	p.t.Helper()
	return on[string](p, p.object("field", label), `function() { return this.value ?? this.innerText }`)
}

// Has tells at once whether a link, button or choice of this name is there.
func (p *Page) Has(name string) bool {
	p.t.Helper()
	return Eval[bool](p, "{"+finder+"!!find('press', $0)}", name)
}
