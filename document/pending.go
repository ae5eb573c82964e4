package document

func readDoc(b *budget, d *Doc, data []byte) error { return notText(d.Kind) }
func readOFD(b *budget, d *Doc, data []byte) error { return notText(d.Kind) }
func oleKind(data []byte) Kind                     { return KindDoc }
