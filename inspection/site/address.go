package site

import (
	"net"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// addressOf brings an address into one form: no fragment, no default port, no
// session in the path. It returns nil for what is not an address of the web.
func addressOf(base *url.URL, ref string) *url.URL {
	ref = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, ref))
	if len(ref) > 2048 {
		return nil
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" {
		return nil
	}
	u.Fragment, u.RawFragment, u.User, u.ForceQuery = "", "", nil, false
	u.Host = strings.ToLower(u.Host)
	if p := u.Port(); p == defaultPort(u.Scheme) {
		u.Host = strings.TrimSuffix(u.Host, ":"+p)
	}
	if i := strings.Index(strings.ToLower(u.Path), ";jsessionid="); i >= 0 {
		u.Path, u.RawPath = u.Path[:i], ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// hostKey names the host of an address: with its port, unless that is a usual
// one, so that http and https are one site.
func hostKey(u *url.URL) string {
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		return u.Host
	}
	return u.Hostname()
}

// dialKey is hostKey of an address that is dialled.
func dialKey(hostPort string) string {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return hostPort
	}
	if port == "80" || port == "443" {
		return strings.ToLower(host)
	}
	return strings.ToLower(hostPort)
}

var (
	digits = regexp.MustCompile(`\d+`)
	signed = regexp.MustCompile(`-?\d+`)
)

// shapeOf is an address with its numbers left out: the pages of one list, one
// calendar or one kind of item have one shape.
func shapeOf(u *url.URL) string {
	shape := u.Host + digits.ReplaceAllString(u.Path, "#")
	if u.RawQuery != "" {
		shape += "?" + signed.ReplaceAllString(u.Query().Encode(), "#")
	}
	return shape
}

// seriesOf is an address without what tells the second page of a list from the
// first.
func seriesOf(u *url.URL) string {
	p := u.Path
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		p = p[:i+1] + pageNo.ReplaceAllString(p[i+1:], "$1$2")
	}
	return u.Host + strings.TrimSuffix(p, "/")
}

var pageNo = regexp.MustCompile(`^(index|list|page|default|more)[-_]?\d{1,4}((?:\.[a-z]+)?)$`)

// Files by the end of their names.
var (
	readable = map[string]bool{".doc": true, ".docx": true, ".wps": true, ".xls": true, ".xlsx": true, ".et": true, ".pdf": true, ".ofd": true, ".txt": true, ".md": true,
		".docm": true, ".dotx": true, ".xlsm": true, ".xltx": true, ".ppt": true, ".pptx": true, ".pptm": true, ".pps": true, ".ppsx": true, ".dps": true, ".rtf": true, ".odt": true, ".ods": true, ".odp": true}
	opaque = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".gif": true, ".webp": true, ".bmp": true, ".svg": true, ".ico": true, ".mp3": true, ".mp4": true, ".avi": true,
		".wmv": true, ".flv": true, ".m4v": true, ".webm": true, ".zip": true, ".rar": true, ".7z": true, ".gz": true, ".exe": true, ".apk": true,
		".js": true, ".css": true, ".woff": true, ".woff2": true, ".ttf": true, ".swf": true, ".iso": true, ".dmg": true, ".msi": true}
)

func extension(u *url.URL) string { return strings.ToLower(path.Ext(u.Path)) }

// private tells addresses that are nobody's business: of this machine, of the
// network inside, reserved.
func private(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || a.IsInterfaceLocalMulticast() {
		return true
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

var reserved = func() (all []netip.Prefix) {
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fec0::/10"} {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}()
