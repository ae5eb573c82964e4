// Command gongkai runs the disclosure work (政府信息公开) of a local government.
//
//	gongkai serve                     run the platform: portal at /, console at /console
//	gongkai demo                      build the fictional district if the folder is empty, then serve it
//	gongkai import SOURCE…            take over what was published elsewhere
//	gongkai export DIR                write the ledger as tiles that other tools can verify
//	gongkai backup FILE               one file with everything, while the platform runs
//	gongkai restore FILE              into an empty folder or database
//	gongkai verify                    compare ledger, records, index and files
//	gongkai user …                    people at the command line
//	gongkai job …                     the queue, and any job by name
//	gongkai workday DATE [+N|-N]      legal date arithmetic
//	gongkai config                    what is in force, secrets hidden
//
// Each command explains itself with --help. An error is one line on standard
// error that says what to do. The exit status is 2 for wrong use, 1 for a
// negative finding or a failure, 0 otherwise. With --json a command prints one
// JSON value a line and nothing else on standard output.
//
// This package knows everybody and nobody knows it: it reads the configuration,
// tells the time, and joins the pillars to each other and to the faces.
package main
