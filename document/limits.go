package document

import "time"

// Limits bound what reading one file may cost. A zero field takes the default,
// so the zero Limits are safe.
type Limits struct {
	MaxBytes    int64         // size of the file
	MaxExpanded int64         // bytes after unpacking, all entries together
	MaxRatio    int64         // unpacked to packed size of one entry above 1 MiB
	MaxEntries  int           // files in an archive
	MaxDepth    int           // nesting of elements
	MaxNodes    int           // elements in all XML or HTML of the file
	MaxText     int           // code points of text kept
	MaxPages    int           // pages of a PDF
	MaxImages   int           // pictures
	MaxImage    int64         // bytes of one picture
	MaxCells    int           // cells of all tables and sheets
	MaxTime     time.Duration // wall clock

	MaxMemory int64  // of the child process; Read itself does not watch it
	CacheDir  string // where the compiled PDF engine is kept; "" compiles anew
}

// DefaultLimits fit documents of government: a report of several hundred pages
// passes, an archive made to fill the disk does not.
var DefaultLimits = Limits{
	MaxBytes:    64 << 20,
	MaxExpanded: 256 << 20,
	MaxRatio:    200,
	MaxEntries:  10_000,
	MaxDepth:    200,
	MaxNodes:    6_000_000,
	MaxText:     8_000_000,
	MaxPages:    2_000,
	MaxImages:   500,
	MaxImage:    32 << 20,
	MaxCells:    1_000_000,
	MaxTime:     60 * time.Second,
	MaxMemory:   1 << 30,
}

// or fills the zero fields from DefaultLimits.
func (l Limits) or() Limits {
	d := DefaultLimits
	fill(&l.MaxBytes, d.MaxBytes)
	fill(&l.MaxExpanded, d.MaxExpanded)
	fill(&l.MaxRatio, d.MaxRatio)
	fill(&l.MaxEntries, d.MaxEntries)
	fill(&l.MaxDepth, d.MaxDepth)
	fill(&l.MaxNodes, d.MaxNodes)
	fill(&l.MaxText, d.MaxText)
	fill(&l.MaxPages, d.MaxPages)
	fill(&l.MaxImages, d.MaxImages)
	fill(&l.MaxImage, d.MaxImage)
	fill(&l.MaxCells, d.MaxCells)
	fill(&l.MaxTime, d.MaxTime)
	fill(&l.MaxMemory, d.MaxMemory)
	return l
}

func fill[T int | int64 | time.Duration](v *T, def T) {
	if *v <= 0 {
		*v = def
	}
}
