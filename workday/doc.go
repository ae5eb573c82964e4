// Package workday knows the legal date and the working day (工作日) of the
// People's Republic, on which all periods of disclosure on application run.
//
// It serves 政府信息公开条例 articles 26 and 31 to 33 (periods of 20 working days
// and 7 working days and when they begin), 全国年节及纪念日放假办法, and the yearly
// notices of 国务院办公厅 on holidays, which lie in the package as data with
// their numbers.
//
// Its words:
//
//   - A [Date] is a day in Beijing time, without hours.
//   - A [Notice] (放假通知) names the days off and the weekend days that are
//     worked instead (调休上班) of one year.
//   - A [Calendar] is what follows from all notices and, above them, the changes
//     of a place ([Overlay]): minority holidays, emergencies.
//   - A period begins on the day after its event: the event is day 0.
//
// What always holds:
//
//   - A year without a notice is never counted silently: every answer says
//     whether it is certain, and an uncertain one must be counted again once
//     the notice is there.
//   - The package is pure: it reads no clock and knows no database.
package workday
