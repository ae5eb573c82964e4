// Package face is the printed face of the PDF files we publish: Noto Serif SC,
// cut down to the characters official Chinese uses, and the reading and cutting
// of TrueType files that needs.
//
// Words:
//
//   - A Face is a TrueType font read into memory: which glyph a character has,
//     how wide it is, its outline.
//   - To cut is to make a font of some of a font's glyphs, numbered anew. The
//     program cut in this folder makes the file that lies here from the full font;
//     each PDF holds a cut of that with the glyphs it shows.
//
// What always holds: a character without a glyph is reported, never dropped; the
// same glyphs in the same order give the same bytes.
//
// The font's licence is in NOTICE. To make the file anew:
//
//	npm pack @expo-google-fonts/noto-serif-sc && tar xzf expo-google-fonts-noto-serif-sc-*.tgz
//	apt-get install unicode-data
//	go run ./annualreport/paper/face/cut -font package/400Regular/NotoSerifSC_400Regular.ttf \
//		-mappings /usr/share/unicode/Unihan_OtherMappings.txt.bz2 -to annualreport/paper/face/NotoSerifSC.ttf.gz
package face
