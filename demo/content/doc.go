// Package content invents the fictional 示例市明镜区: its units, its people and
// several years of what they publish.
//
// It is pure: the same Options always give the same District, byte for byte. It
// knows no database and no act of the platform; package demo carries what is
// made here through the acts that staff use. The articles served are those that
// say what a district publishes: articles 12, 20, 21 and 50 of the Regulation
// (政府信息公开条例).
//
// Words: a Topic (事项) is one field of work of a unit, read from the text files
// under material; a voice fills the blanks of a sentence; an Item is one thing
// to publish with the state in which the demonstration shall show it.
//
// Four things always hold and are tested: numbers in tables add up, a document
// number (发文字号) is used once, whatever cites a document of the district cites
// one that is there, and everything happens in order on working days.
//
// Nothing here is real. Telephone numbers are of the form 0999-5550xxx, the
// division code 999901 and the domain mingjing.example belong to nobody, and
// personal names are composed from lists.
package content
