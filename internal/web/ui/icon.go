package ui

import "html/template"

// icons are drawn on a 20 by 20 field with the text's colour. They stand beside
// words and never instead of them, so they are hidden from screen readers.
var icons = map[string]string{
	Good:       `<path d="M4 10.5l4 4 8-9"/>`,
	Note:       `<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5M10 6v.5"/>`,
	Warn:       `<path d="M10 3l8 14H2z"/><path d="M10 8v4.5M10 14.5v.5"/>`,
	Bad:        `<path d="M6.5 2.5h7l4 4v7l-4 4h-7l-4-4v-7z"/><path d="M7 7l6 6M13 7l-6 6"/>`,
	Mute:       `<circle cx="10" cy="10" r="3"/>`,
	"search":   `<circle cx="8.5" cy="8.5" r="5.5"/><path d="M13 13l5 5"/>`,
	"file":     `<path d="M5 2h7l4 4v12H5z"/><path d="M12 2v4h4"/>`,
	"print":    `<path d="M5 7V2h10v5M5 14H2V7h16v7h-3"/><path d="M5 11h10v7H5z"/>`,
	"link":     `<path d="M8 12l4-4M7 9l-3 3a2.8 2.8 0 0 0 4 4l3-3M13 11l3-3a2.8 2.8 0 0 0-4-4L9 7"/>`,
	"down":     `<path d="M4 7l6 6 6-6"/>`,
	"up":       `<path d="M4 13l6-6 6 6"/>`,
	"left":     `<path d="M13 4l-6 6 6 6"/>`,
	"right":    `<path d="M7 4l6 6-6 6"/>`,
	"menu":     `<path d="M3 5h14M3 10h14M3 15h14"/>`,
	"seal":     `<path d="M3 3h14v14H3z"/><path d="M6 10.5l3 3 5-6"/>`,
	"download": `<path d="M10 2v11M5.5 9l4.5 4.5L14.5 9M3 18h14"/>`,
	"person":   `<circle cx="10" cy="6.5" r="3.5"/><path d="M3 18c0-4 3-6.5 7-6.5s7 2.5 7 6.5"/>`,
	"clock":    `<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2"/>`,
	"edit":     `<path d="M3 17l1-4L14 3l3 3L7 16z"/>`,
	"plus":     `<path d="M10 3v14M3 10h14"/>`,
	"out":      `<path d="M8 3H3v14h5M12 6l4 4-4 4M16 10H7"/>`,
}

// Icon draws one of the icons; an unknown name draws nothing, which the test of
// this package's templates would notice.
func Icon(name string) template.HTML {
	d, ok := icons[name]
	if !ok {
		return ""
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">` + d + `</svg>`)
}
