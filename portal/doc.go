// Package portal is what the public sees: the home page of the region and of
// each unit, the statutory frame of each unit's 政府信息公开 column, the pages of
// items, the policy library, search, and the proof behind each page.
//
// It serves articles 19 to 26 of the Regulation and the norms for government
// websites (国办发〔2017〕47号, 国办公开办函〔2019〕61号). Every page can be read
// without JavaScript, on a phone, by keyboard and by screen reader, and printed.
//
// Words: a frame is what stands around every page; a page struct holds exactly
// what its template shows.
//
// What always holds: the portal changes nothing but the counters of views, asks
// only for what is public, and keeps no trace of who read what.
package portal
