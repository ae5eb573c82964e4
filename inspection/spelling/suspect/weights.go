package suspect

// weights of the signs, fitted by gen -fit on errors planted in the laws' Fit share.
var weights = [Signs]float64{
	-2.2703, // always
	0.7614,  // margin
	0.5542,  // margin per character
	-1.9373, // near sound
	0.5150,  // lookalike
	-1.7319, // both characters
	-0.8925, // stands as a word
	-0.3413, // borders kept
	-1.4286, // cost of the word
	-2.8034, // two characters
	0.2085,  // three characters
	1.3686,  // four characters
	0.0751,  // single characters
	-0.7345, // pair before
	0.0147,  // pair behind
	0.9958,  // text's pair before
	0.5369,  // text's pair behind
	1.5148,  // rare character
	0.0961,  // surname before
	-0.6065, // place or name behind
	1.5238,  // cost of the text
	-0.3102, // single beside
	-0.6335, // unknown character
	-0.4828, // one clause
	0.6781,  // margin of a word
	0.7272,  // margin of two characters
	0.1219,  // pairs on both sides
	1.5465,  // stands elsewhere as it should
	-3.1240, // stands elsewhere as it is
	-0.7364, // long text
}
