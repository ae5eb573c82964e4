package content

import (
	"embed"
	"io/fs"
	"path"
	"sort"
	"strings"
)

//go:embed material
var files embed.FS

// A Topic is one field of work and everything that can be said about it.
type Topic struct {
	Owner string     // slug of the unit, "town" for all towns, "street" for all streets
	Name  string     // 学前教育普惠扩容
	Why   []string   // how things stand
	Goal  []string   // what is wanted, in numbers
	Do    [][]string // measures: heading, then sentences
	News  [][]string // title, then sentences
	Pub   [][]string // a notice: title, then sentences
}

// local tells whether the topic is that of towns and streets.
func (t Topic) local() bool { return t.Owner == "town" || t.Owner == "street" }

// lines are the lines of a material file that are neither empty nor comments.
func lines(name string) []string {
	data, err := files.ReadFile(name)
	if err != nil {
		panic("content: " + err.Error())
	}
	var out []string
	for _, l := range strings.Split(string(data), "\n") {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "//") {
			out = append(out, l)
		}
	}
	return out
}

// readTopics reads every topic, in order of the owner's name.
func readTopics() []Topic {
	found, err := fs.Glob(files, "material/*.txt")
	if err != nil {
		panic("content: " + err.Error())
	}
	sort.Strings(found)
	var out []Topic
	for _, name := range found {
		owner := strings.TrimSuffix(path.Base(name), ".txt")
		if owner == "units" || owner == "general" {
			continue
		}
		var t *Topic
		for _, l := range lines(name) {
			word, rest, _ := strings.Cut(l, " ")
			switch word {
			case "#":
				out = append(out, Topic{Owner: owner, Name: rest})
				t = &out[len(out)-1]
			case "why":
				t.Why = append(t.Why, rest)
			case "goal":
				t.Goal = append(t.Goal, rest)
			case "do":
				t.Do = append(t.Do, split(rest, '|'))
			case "news":
				t.News = append(t.News, split(rest, '|'))
			case "pub":
				t.Pub = append(t.Pub, split(rest, '|'))
			default:
				panic("content: " + name + ": " + l)
			}
		}
	}
	return out
}
