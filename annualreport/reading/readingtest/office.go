package readingtest

func (b *build) docx() []byte { return nil }
func (b *build) xlsx() []byte { return nil }
func (b *build) pdf() []byte  { return nil }
