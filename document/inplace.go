package document

// InPlace is the same files read in this process instead of a child, for
// programs that trust what they add, such as those that made it themselves.
func (fs *Files) InPlace() *Files {
	return &Files{fs.db, fs.bytes, NewPlainReader(fs.reader.Limits())}
}
