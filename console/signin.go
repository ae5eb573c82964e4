package console

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// doorPage is everything that comes before the work: signing in, the code of
// the second factor, a first password, setting up the second factor.
type doorPage struct {
	ui.Plain
	Door   string // signin, code, password, enrol
	Lead   string
	Form   *web.Form
	Forced bool // must be done before anything else
	Rules  []string
	QR     template.URL // of an enrolment, as a data address
	Secret string
	// CarryTo and Carry are a form that was posted when the session was over.
	CarryTo, Carry string
}

// carriedPage offers to send what was typed before signing in.
type carriedPage struct {
	ui.Plain
	To     string
	Fields []ui.Hidden
}

// carry keeps what a request posted, files excepted, for after the sign-in.
func (d *doorPage) carry(r *http.Request) {
	f, err := web.ReadForm(r)
	if err != nil {
		return
	}
	if d.Carry, d.CarryTo = f.Value("carry"), f.Value("carry-to"); d.Carry != "" {
		return
	}
	if r.PostForm == nil {
		return
	}
	path := r.URL.RequestURI()
	if path == Root+"/signin" || path == Root+"/signin/code" || path == Root+"/signout" {
		return
	}
	d.CarryTo, d.Carry = path, r.PostForm.Encode()
}

func (c *Console) signInPage(w http.ResponseWriter, r *http.Request) error {
	s := sessionOf(r)
	if s.visit.Actor.Person != "" {
		return web.SeeOther(w, r, stepPath(s.visit.Step))
	}
	d := doorPage{Plain: c.plain(w, r, "登录"), Door: "signin", Lead: s.why, Form: web.NewForm(nil)}
	return c.show(w, r, "door", d)
}

func (c *Console) signIn(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := c.People.SignIn(r.Context(), f.Text("login"), f.Value("password"), clientOf(r))
	if err != nil {
		d := doorPage{Plain: c.plain(w, r, "登录"), Door: "signin", Form: f, CarryTo: f.Value("carry-to"), Carry: f.Value("carry")}
		return c.doorAgain(w, r, d, err)
	}
	setSession(w, r, v.Token)
	return c.through(w, r, v, f)
}

// doorAgain shows a door with what was wrong.
func (c *Console) doorAgain(w http.ResponseWriter, r *http.Request, d doorPage, err error) error {
	if fault.KindOf(err) == "" {
		return err
	}
	if !d.Form.Take(err) {
		d.Form.Problem("", fault.Sentence(err))
	}
	return c.templates.Render(w, r, web.StatusOf(err), "door", d)
}

// through goes on after a step at the door: to the next step, to the form that
// was carried, or to the page that was wanted.
func (c *Console) through(w http.ResponseWriter, r *http.Request, v identity.Visit, f *web.Form) error {
	to, carry := ownPath(f.Value("carry-to")), f.Value("carry")
	if carry == "" {
		if v.Step != identity.StepNone {
			return web.SeeOther(w, r, stepPath(v.Step))
		}
		return web.SeeOther(w, r, backPath(w, r))
	}
	switch v.Step {
	case identity.StepCode:
		return c.show(w, r, "door", doorPage{Plain: c.plain(w, r, "输入动态口令"), Door: "code", Form: web.NewForm(nil), CarryTo: to, Carry: carry})
	case identity.StepPassword:
		d := doorPage{Plain: c.plain(w, r, "更换口令"), Door: "password", Form: web.NewForm(nil), Forced: true, Rules: c.passwordRules(), CarryTo: to, Carry: carry}
		return c.show(w, r, "door", d)
	case identity.StepEnrol:
		return web.SeeOther(w, r, stepPath(v.Step))
	}
	return c.carried(w, r, to, carry)
}

func (c *Console) carried(w http.ResponseWriter, r *http.Request, to, carry string) error {
	values, err := url.ParseQuery(carry)
	if err != nil {
		return web.SeeOther(w, r, Root)
	}
	p := carriedPage{Plain: c.plain(w, r, "您填写的内容还在"), To: to}
	for name, all := range values {
		for _, v := range all {
			p.Fields = append(p.Fields, ui.Hidden{Name: name, Value: v})
		}
	}
	return c.show(w, r, "carried", p)
}

func (c *Console) codePage(w http.ResponseWriter, r *http.Request) error {
	if v := visitOf(r); v.Step != identity.StepCode {
		return web.SeeOther(w, r, Root)
	}
	return c.show(w, r, "door", doorPage{Plain: c.plain(w, r, "输入动态口令"), Door: "code", Form: web.NewForm(nil)})
}

func (c *Console) enterCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return web.SeeOther(w, r, Root+"/signin")
	}
	v, err := c.People.EnterCode(r.Context(), cookie.Value, f.Text("code"), clientOf(r))
	if err != nil {
		d := doorPage{Plain: c.plain(w, r, "输入动态口令"), Door: "code", Form: f, CarryTo: f.Value("carry-to"), Carry: f.Value("carry")}
		if visitOf(r).Step != identity.StepCode {
			d.Door, d.Title = "signin", "登录"
		}
		return c.doorAgain(w, r, d, err)
	}
	setSession(w, r, v.Token)
	return c.through(w, r, v, f)
}

func (c *Console) signOut(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	if err := c.People.SignOut(r.Context(), by, by.Session); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	web.DropCookie(w, r, sessionCookie, Root)
	c.flashes.Say(w, r, "done", saySignedOut)
	return web.SeeOther(w, r, Root+"/signin")
}

func (c *Console) passwordRules() []string {
	p := c.People.Policy()
	return passwordRules(p.MinLength, p.MinKinds, p.History)
}

func (c *Console) passwordPage(w http.ResponseWriter, r *http.Request) error {
	d := doorPage{Plain: c.plain(w, r, "更换口令"), Door: "password", Form: web.NewForm(nil), Rules: c.passwordRules(),
		Forced: visitOf(r).Step == identity.StepPassword}
	return c.show(w, r, "door", d)
}

func (c *Console) changePassword(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	d := doorPage{Plain: c.plain(w, r, "更换口令"), Door: "password", Form: f, Rules: c.passwordRules(),
		Forced: visitOf(r).Step == identity.StepPassword, CarryTo: f.Value("carry-to"), Carry: f.Value("carry")}
	if f.Value("password") != f.Value("again") {
		f.Problem("again", sayPasswordsDiffer)
		return c.templates.Render(w, r, http.StatusBadRequest, "door", d)
	}
	v, err := c.People.ChangePassword(r.Context(), actorOf(r), f.Value("old"), f.Value("password"))
	if err != nil {
		return c.doorAgain(w, r, d, err)
	}
	setSession(w, r, v.Token)
	c.flashes.Say(w, r, "done", sayPasswordChanged)
	return c.through(w, r, v, f)
}

func (c *Console) enrolPage(w http.ResponseWriter, r *http.Request) error {
	e, err := c.People.BeginCode(r.Context(), actorOf(r))
	if err != nil {
		return err
	}
	d := doorPage{Plain: c.plain(w, r, "启用动态口令"), Door: "enrol", Form: web.NewForm(nil), Forced: visitOf(r).Step == identity.StepEnrol}
	if err := d.draw(e); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return c.show(w, r, "door", d)
}

func (d *doorPage) draw(e identity.Enrolment) error {
	png, err := e.QR(220)
	if err != nil {
		return err
	}
	d.QR = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
	d.Secret = e.Secret.Reveal()
	return nil
}

// codesPage shows recovery codes, once.
type codesPage struct {
	ui.Plain
	Codes []string
}

func (c *Console) confirmCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	codes, err := c.People.ConfirmCode(r.Context(), actorOf(r), f.Text("code"))
	if err != nil {
		if fault.KindOf(err) != fault.Invalid {
			return err
		}
		d := doorPage{Plain: c.plain(w, r, "启用动态口令"), Door: "enrol", Form: f, Forced: visitOf(r).Step == identity.StepEnrol}
		return c.doorAgain(w, r, d, err)
	}
	return c.showCodes(w, r, codes)
}

func (c *Console) showCodes(w http.ResponseWriter, r *http.Request, codes []identity.Secret) error {
	p := codesPage{Plain: c.plain(w, r, "请保存恢复码")}
	for _, s := range codes {
		p.Codes = append(p.Codes, s.Reveal())
	}
	w.Header().Set("Cache-Control", "no-store")
	return c.show(w, r, "codes", p)
}

func (c *Console) dropCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.People.DropCode(r.Context(), actorOf(r), f.Value("password")); err != nil {
		return c.accountAgain(w, r, f, err)
	}
	return c.said(w, r, Root+"/account", sayCodeDropped)
}

func (c *Console) renewCodes(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	codes, err := c.People.RenewRecovery(r.Context(), actorOf(r), f.Value("password"))
	if err != nil {
		return c.accountAgain(w, r, f, err)
	}
	return c.showCodes(w, r, codes)
}
