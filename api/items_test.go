package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/publication"
)

type itemsAnswer struct {
	Total, Page, Size int
	Items             []struct{ ID, Title, Unit, DocNo, URL string }
}

func (a answer) items() (l itemsAnswer) {
	a.Helper()
	if a.status != http.StatusOK {
		a.Fatalf("%s answered %d: %s", a.call, a.status, a.body)
	}
	a.must(json.Unmarshal(a.body, &l))
	return l
}

func TestWhatIsPublicIsRead(t *testing.T) {
	w := newWorld(t, nil)
	var ids []publication.ItemID
	for i := range 5 {
		ids = append(ids, w.public(fmt.Sprintf("关于第%d件事的通知", i+1)))
		w.clock.Add(time.Minute)
	}
	draft, err := w.items.Create(context.Background(), identitytest.Actor(t, w.db, school, identity.Publisher), school, publication.Content{Title: "还没有公开的草稿", Kind: publication.Policy})
	w.must(err)

	l := w.get("/api/v1/items").items()
	if l.Total != 5 || l.Size != 20 || l.Page != 1 || len(l.Items) != 5 || l.Items[0].ID != string(ids[4]) {
		t.Errorf("the list = %+v, want five, the newest first", l)
	}
	l = w.get("/api/v1/items?size=2&page=3&unit=mj-jyj&kind=policy&year=2026").items()
	if l.Total != 5 || len(l.Items) != 1 || l.Items[0].ID != string(ids[0]) {
		t.Errorf("the third page of two = %+v, want the oldest", l)
	}
	if l = w.get("/api/v1/items?words=" + url.QueryEscape("第3件")).items(); l.Total != 1 || l.Items[0].ID != string(ids[2]) {
		t.Errorf("by words = %+v", l)
	}
	if l = w.get("/api/v1/items?unit=mj").items(); l.Total != 0 {
		t.Errorf("of the government itself = %+v, want none", l)
	}
	a := w.get("/api/v1/items/" + string(ids[2]))
	if s := string(a.body); a.status != 200 || !strings.Contains(s, "现将有关事项通知如下") || !strings.Contains(s, "%E9%99%84%E4%BB%B61%20") {
		t.Errorf("%s = %d %s, want text and attachment", a.call, a.status, s)
	}
	w.get("/api/v1/items/"+string(draft)).refused(404, "not-found", "没有公开")
	w.get("/api/v1/items/nothing").refused(404, "not-found", "没有公开")

	w.must(w.items.Withdraw(context.Background(), identitytest.Actor(t, w.db, school, identity.Publisher), ids[2], "内容有误，更正以后重新公开"))
	w.get("/api/v1/items/"+string(ids[2])).refused(410, "gone", "现已撤下")
	if l = w.get("/api/v1/items").items(); l.Total != 4 {
		t.Errorf("after a withdrawal the list has %d, want 4", l.Total)
	}
}

func TestAnAnswerThatIsKnownIsNotSentAgain(t *testing.T) {
	w := newWorld(t, nil)
	id := w.public("关于做好招生入学工作的通知")
	for _, path := range []string{"/api/v1/items", "/api/v1/items/" + string(id), "/api/v1/inspect/rules", "/api/v1/openapi.json"} {
		tag := w.get(path).header.Get("Etag")
		r, err := http.NewRequest("GET", w.server.URL+path, nil)
		w.must(err)
		r.Header.Set("If-None-Match", tag)
		res, err := http.DefaultClient.Do(r)
		w.must(err)
		res.Body.Close()
		if tag == "" || res.StatusCode != http.StatusNotModified {
			t.Errorf("%s with its ETag %q answered %d, want 304", path, tag, res.StatusCode)
		}
	}
}

func TestAFilterThatIsWrongIsSaid(t *testing.T) {
	w := newWorld(t, nil)
	for query, words := range map[string]string{
		"unit=nowhere": "没有机构", "kind=gossip": "没有信息类别", "year=1066": "1949", "year=now": "整数", "page=0": "1 至", "size=101": "100", "sort=title": "没有参数“sort”",
	} {
		w.get("/api/v1/items?"+query).refused(400, "invalid", words)
	}
}
