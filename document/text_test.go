package document

import (
	"context"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestTheEncodingOfATextFileIsFound(t *testing.T) {
	const text = "示例市明镜区民政局\r\n关于做好2026年养老服务工作的通知\r\n\r\n　　各镇人民政府：\r\n　　现将有关事项通知如下。𠮷祥镇同此。\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16le, utf16be := "\xff\xfe", "\xfe\xff"
	for _, u := range utf16.Encode([]rune(text)) {
		utf16le += string([]byte{byte(u), byte(u >> 8)})
		utf16be += string([]byte{byte(u >> 8), byte(u)})
	}
	for _, tt := range []struct{ name, data, text string }{
		{"UTF-8", text, text},
		{"UTF-8 with its mark, which counts as a character of the file", "\ufeff" + text, "\ufeff" + text},
		{"GB18030 with a character beyond GBK", gb, text},
		{"UTF-16 from Windows", utf16le, text},
		{"UTF-16 big endian", utf16be, text},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := mustRead(t, "a.txt", []byte(tt.data))
			same(t, "document part", partText(t, d, PartDocument), tt.text)
			same(t, "title", d.Title, "示例市明镜区民政局关于做好2026年养老服务工作的通知")
			same(t, "blocks", shape(d.Blocks)[2:], []string{"paragraph 各镇人民政府：", "paragraph 现将有关事项通知如下。𠮷祥镇同此。"})
			runes := []rune(tt.text)
			for _, b := range d.Blocks {
				if got := string(runes[b.Start:b.End]); got != runsText(b.Runs) {
					t.Errorf("file at the place of %q = %q", runsText(b.Runs), got)
				}
			}
		})
	}
}

func TestUndecodableCharactersAreReportedNotDropped(t *testing.T) {
	d := mustRead(t, "a.txt", []byte("这是一个完好的中文句子，只有这里坏了\xff\xfe一处。"))
	hasNote(t, d, NoteEncoding, 0)
	if !strings.Contains(d.Text(), "\ufffd") {
		t.Errorf("text = %q, want a replacement character", d.Text())
	}
}

func TestLinesBrokenAtAFixedWidthAreJoined(t *testing.T) {
	body := "关于试行的通知\n\n" +
		"    一、这是一段在固定宽度处被折断的文字用来检验段落能否正确地重新连\n接起来并且不会把两个段落误连在一起也不会在中间加入多余的空格符号因\n此需要足够长的文字才能看出来这一段到这里就结束了。\n" +
		"    二、第二段同样是在固定宽度处被折断的文字用来检验段落能否正确地重\n新连接起来并且不会把两个段落误连在一起也不会在中间加入多余的空格符\n号因此需要足够长的文字才能看出来。\n"
	d := mustRead(t, "a.txt", []byte(body))
	var paras int
	for _, b := range d.Blocks {
		if b.Kind == Paragraph {
			paras++
			if strings.ContainsAny(runsText(b.Runs), " \n") {
				t.Errorf("paragraph %q holds white space", runsText(b.Runs))
			}
		}
	}
	if paras != 2 {
		t.Errorf("paragraphs = %d, want 2: %q", paras, shape(d.Blocks))
	}
}

func TestMarkdownHeadingsListsAndTables(t *testing.T) {
	d := mustRead(t, "a.md", []byte("# 年度报告\n\n## 一、总体情况\n\n**重点**工作。\n\n- 甲\n- 乙\n\n| 项目 | 数量 |\n| --- | --- |\n| 规章 | 3 |\n"))
	same(t, "blocks", shape(d.Blocks), []string{"heading0 年度报告", "heading1 一、总体情况", "paragraph 重点工作。", "list • 甲\n• 乙", "table 项目\t数量\n规章\t3"})
	if d.Kind != KindMarkdown {
		t.Errorf("kind = %s, want md", d.Kind)
	}
	if !strings.Contains(d.HTML(), `<th scope="col">项目</th>`) {
		t.Errorf("HTML = %s, want a header row", d.HTML())
	}
}

func TestAnEmptyTextFileIsRefused(t *testing.T) {
	for _, s := range []string{"", "  \r\n\u3000\n", "\ufeff"} {
		_, err := Read(context.Background(), "a.txt", []byte(s), Limits{})
		refused(t, err, "没有文字")
	}
}

func TestTheFiveRealReportsAreRead(t *testing.T) {
	for _, tt := range []struct{ file, title, issuer, date, open string }{
		{"000.txt", "台州市椒江区人民政府2020年政府信息公开工作报告", "台州市椒江区人民政府", "", ""},
		{"001.txt", "田家庵区人民政府2020年政府信息公开开工作年度报告", "田家庵区人民政府", "", ""},
		{"002.txt", "苍南县人民政府办公室2020年度政府信息公开工作年度报告", "苍南县人民政府办公室", "2021-01-29", OpenActively},
		{"003.txt", "开发区(西塘桥街道)2020年度政府信息公开工作年度报告", "", "", ""},
		{"004.txt", "嘉兴市秀洲区人民政府2020年度政府信息公开工作年度报告", "嘉兴市秀洲区人民政府", "", ""},
	} {
		t.Run(tt.file, func(t *testing.T) {
			data := corpus(t, "reports-2020/"+tt.file)
			d := mustRead(t, tt.file, data)
			if partText(t, d, PartDocument) != string(data) {
				t.Error("the document part is not the file")
			}
			p := Elements(d)
			same(t, "title", p.Title.Value, tt.title)
			same(t, "issuer", p.Issuer.Value, tt.issuer)
			same(t, "date", p.Date.Value, tt.date)
			same(t, "openness", p.Openness.Value, tt.open)
			same(t, "document number", p.DocNo.Value, "")
			same(t, "Doc.Title", oneLine(d.Title), tt.title)
			checkGuesses(t, d, p)
		})
	}
}

func TestTheFiguresOfATableThatLostItsRulesComeTogether(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"figures below their labels", "二、收到和处理政府信息公开申请情况\n申请人情况\n一、本年新收政府信息公开申请数量\n3\n0\n3\n二、上年结转政府信息公开申请数量\n1\n0\n1\n三、本年度办理结果\n（一）予以公开\n2\n0\n2\n四、结转下年度继续办理\n2\n0\n2\n三、存在问题\n一是工作力量不足。\n",
			[]string{"heading1 二、收到和处理政府信息公开申请情况", "paragraph 申请人情况",
				"table 一、本年新收政府信息公开申请数量\t3\t0\t3\n二、上年结转政府信息公开申请数量\t1\t0\t1\n三、本年度办理结果\n（一）予以公开\t2\t0\t2\n四、结转下年度继续办理\t2\t0\t2",
				"heading1 三、存在问题", "paragraph 一是工作力量不足。"}},
		{"figures behind their labels", "信息内容 本年制发件数 现行有效件数\n规章 0 0\n行政规范性文件 3 17\n行政许可 51\n政府采购 12.5万元\n", []string{"paragraph 信息内容 本年制发件数 现行有效件数", "table 规章\t0\t0\n行政规范性文件\t3\t17", "table 行政许可\t51\n政府采购\t12.5万元"}},
		{"figures whose labels are elsewhere", "总计\n其他\n0\n1\n2\n3\n4\n5\n", []string{"paragraph 总计", "paragraph 其他\u30000\u30001\u30002\u30003\u30004\u30005"}},
		{"prose with a few figures stays prose", "一、时间\n2026\n地点：会议室\n请准时参加。\n", []string{"heading1 一、时间", "paragraph 2026", "paragraph 地点：会议室", "paragraph 请准时参加。"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := mustRead(t, "a.txt", []byte(tt.text))
			same(t, "blocks", shape(d.Blocks), tt.want)
			runes := []rune(partText(t, d, PartDocument))
			for _, b := range d.Blocks {
				if b.Kind != Grid {
					continue
				}
				for _, r := range b.Table.Rows {
					for _, c := range r.Cells {
						if got := string(runes[c.Blocks[0].Start:c.Blocks[0].End]); got != cellText(c) {
							t.Errorf("file at the place of cell %q = %q", cellText(c), got)
						}
					}
				}
			}
		})
	}
}
