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
