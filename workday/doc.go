// Package workday counts legal time: dates in China, working days with the
// State Council's yearly arrangement of holidays, and due dates.
package workday
