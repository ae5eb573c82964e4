package form

// A Report is one agency's year in one form.
type Report struct {
	File   string // the name of the file it was read from; "" for our own
	Agency string // "" if the file does not say
	Year   int    // the year reported on; 0 if the file does not say
	Form   *Form  // nil if no table of any form was found

	Values  []Value  // by cell; nil if Form is nil
	Origins []Origin // by cell; nil if the report was not read from a file
	Missing []string // tables and rows the file lacks: "table3", "table3.deny5"

	Claims   []Claim   // what chapters one, three and six say in numbers
	Findings []Finding // what reading or checking found
}

// An Origin says where a value was read and how far that can be trusted.
type Origin struct {
	Part       string // of the file: "document", a sheet's name
	Start, End int    // code points into the part's text, End exclusive; both 0 if nothing was printed
	Page       int    // 0 where unknown
	Place      string // the cell of the file's own table, "表2!B3"; "" outside tables

	// Sure is the reader's confidence from 0 to 1: 1 where the file leaves no choice.
	Sure float32

	// Others are the readings the text allows as well, best first.
	Others []Value
}

// A Claim is a number in the prose with what it refers to. "未收到申请" is one,
// too: it claims a zero.
type Claim struct {
	Chapter    int    // 1 to 6; 0 before the first
	Text       string // the clause it stands in, as it stands in the file
	Start, End int    // the number's place in the document part, code points
	Kind       Kind   // Count, Yuan, Share or Growth
	Value      int64  // as Value.N; in millionths for Share and Growth: 33.9% is 339000
	Places     int    // the decimals a Share or Growth is printed with
	Rough      bool   // 余, 近, 约, 多: not meant exactly

	// About are the cells whose sum the claim states, by index; empty if the
	// claim is about something the tables do not count, or a Share or Growth.
	About []int

	// Or are further sums the wording may as well mean: 受理 says with or without
	// what was carried over. The claim holds if one of all its readings does.
	Or [][]int

	// Rate is what a Share or Growth is computed from; nil if that is not understood.
	Rate *Rate

	// Parts are the ways in which the text itself breaks the number down without a
	// remainder, each as indexes into Report.Claims: "受理207件，其中甲22件，乙185件".
	Parts [][]int

	// Weight is what it means if the claim does not hold: Error where the wording
	// leaves no room, Warning where whose or which figures are meant may differ,
	// Info where it only may be the same thing; "" where there is nothing to hold.
	Weight Severity

	// What names the claim's subject in one word of the trade: "受理", "规范性文件".
	What string
}

// A Rate is what a percentage in the prose may be computed from. Each list holds
// the readings the wording allows; the claim holds if some of them fit.
type Rate struct {
	Part  [][]int // the sums that are a Share of something, or that have grown
	Whole [][]int // Share: the sums it may be a share of
	Said  []int   // Share: the claims whose numbers it may be computed from as well
}

// Severity orders findings.
type Severity string

// The severities. An error is a broken hard rule; a warning deserves a look; an
// info is worth knowing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// A Finding is one thing a clerk should look at.
type Finding struct {
	Rule     string   `json:"rule"` // "t3.row-sum"
	Severity Severity `json:"severity"`
	Cells    []string `json:"cells"`   // the cells concerned
	Message  string   `json:"message"` // what is wrong, in Chinese a clerk understands
	Basis    string   `json:"basis,omitempty"`

	// Group is the same for findings that have one cause; 0 for those that stand
	// alone. The first of a group carries the explanations of all.
	Group int `json:"group,omitempty"`

	// Explanations are the smallest sets of cells that would explain the finding,
	// likeliest first.
	Explanations []Explanation `json:"explanations,omitempty"`
}

// An Explanation is one small change after which the broken rules would hold.
// It is a lead for a person, never a repair.
type Explanation struct {
	Cells   []string `json:"cells"`
	Values  []string `json:"values,omitempty"` // what would fit, for each of Cells
	Kind    string   `json:"kind"`             // "blank-total", "swapped", "shifted", "digit-dropped", "single"
	Message string   `json:"message"`          // in Chinese
}

// New returns an empty report in a form: every value unknown.
func New(f *Form) *Report { return &Report{Form: f, Values: make([]Value, len(f.Cells))} }

// Get returns a value by the cell's name; an unknown value if the form has no
// such cell.
func (r *Report) Get(id string) Value {
	if r.Form == nil {
		return Value{}
	}
	if i, ok := r.Form.Index(id); ok {
		return r.Values[i]
	}
	return Value{}
}

// Set puts a value into a cell and reports whether the form has it.
func (r *Report) Set(id string, v Value) bool {
	i, ok := r.Form.Index(id)
	if ok {
		r.Values[i] = v
	}
	return ok
}

// Lacks tells whether a table ("table3") or row ("table3.deny5") is missing,
// itself or with its table.
func (r *Report) Lacks(id string) bool {
	for _, m := range r.Missing {
		if m == id || len(id) > len(m) && id[:len(m)] == m && id[len(m)] == '.' {
			return true
		}
	}
	return false
}
