package suspect

// weights of the signs, fitted by gen -fit on errors planted in the laws' Fit share.
var weights = [Signs]float64{
	-0.7937, // always
	1.2328,  // margin
	1.0949,  // margin per character
	-1.8712, // near sound
	-0.2902, // lookalike
	-2.1114, // both characters
	-1.0760, // stands as a word
	-1.0564, // borders kept
	-1.2363, // cost of the word
	-1.1752, // two characters
	1.3460,  // three characters
	2.2298,  // four characters
	0.1029,  // single characters
	0.2652,  // pair before
	0.8712,  // pair behind
	0.1959,  // text's pair before
	0.2118,  // text's pair behind
	0.7464,  // rare character
	-0.5512, // surname before
	-0.9181, // place or name behind
	0.0181,  // cost of the text
	-0.5895, // single beside
	-0.6047, // unknown character
	-1.3000, // one clause
}
