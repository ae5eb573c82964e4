package blob

// Sentences for people.
const sayNotFound = "没有这个文件。"
