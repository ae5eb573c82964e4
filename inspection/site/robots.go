package site

import (
	"bufio"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// robots is what robots.txt says to us (RFC 9309).
type robots struct {
	rules    []robotsRule
	delay    time.Duration
	sitemaps []string
	closed   bool // nothing may be asked for
}

type robotsRule struct {
	allow   bool
	pattern string
}

const (
	ourName        = "gongkai-inspect"
	mostRobotRules = 5000
)

// parseRobots takes the group with our name, else the one for everybody.
func parseRobots(s string) *robots {
	var ours, all robots
	named := false
	var into []*robots // groups the lines belong to
	heads := false     // the line before named an agent
	sc := bufio.NewScanner(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
	for sc.Scan() {
		line, _, _ := strings.Cut(sc.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if !heads {
				into = nil
			}
			heads = true
			switch agent := strings.ToLower(value); {
			case agent == "*" && !slices.Contains(into, &all):
				into = append(into, &all)
			case strings.HasPrefix(agent, ourName) && !slices.Contains(into, &ours):
				named = true
				into = append(into, &ours)
			}
			continue
		case "sitemap":
			if len(ours.sitemaps) < mostSitemaps {
				ours.sitemaps = append(ours.sitemaps, value)
			}
			continue
		}
		heads = false
		for _, g := range into {
			switch key {
			case "allow", "disallow":
				if value != "" && len(g.rules) < mostRobotRules {
					g.rules = append(g.rules, robotsRule{key == "allow", value})
				}
			case "crawl-delay":
				if f, err := strconv.ParseFloat(value, 64); err == nil && f > 0 && f < 3600 {
					g.delay = time.Duration(f * float64(time.Second))
				}
			}
		}
	}
	if !named {
		all.sitemaps = ours.sitemaps
		return &all
	}
	return &ours
}

// allow says whether an address may be asked for: the longest pattern decides.
func (r *robots) allow(u *url.URL) bool {
	if r.closed {
		return false
	}
	at := u.EscapedPath()
	if u.RawQuery != "" {
		at += "?" + u.RawQuery
	}
	longest, ok := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && matches(rule.pattern, at) {
			longest, ok = n, rule.allow
		}
	}
	return ok
}

// matches compares with a pattern in which * is anything and a last $ the end. It
// takes time in proportion to both lengths, however many stars there are.
func matches(pattern, at string) bool {
	end := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(at, parts[0]) {
		return false
	}
	at = at[len(parts[0]):]
	for i, p := range parts[1:] {
		if end && i == len(parts)-2 {
			return strings.HasSuffix(at, p)
		}
		j := strings.Index(at, p)
		if j < 0 {
			return false
		}
		at = at[j+len(p):]
	}
	return !end || at == ""
}
