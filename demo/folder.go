package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// mark is the file that stands in a data folder while it is being built.
const mark = "demo.building"

// Begin marks the folder as one that is being built.
func Begin(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("begin in %s: %w", folder, err)
	}
	if err := os.WriteFile(filepath.Join(folder, mark), nil, 0o600); err != nil {
		return fmt.Errorf("begin in %s: %w", folder, err)
	}
	return nil
}

// Unfinished tells whether a building in the folder was interrupted.
func Unfinished(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, mark))
	return err == nil
}

// Clear empties a folder in which a building was interrupted. It refuses any
// other folder: nothing but an unfinished demonstration is ever thrown away.
func Clear(folder string) error {
	if !Unfinished(folder) {
		return fmt.Errorf("clear %s: no unfinished demonstration is there", folder)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("clear %s: %w", folder, err)
	}
	for _, e := range entries {
		if e.Name() == mark { // goes last, so that an interrupted clearing is seen too
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
			return fmt.Errorf("clear %s: %w", folder, err)
		}
	}
	return Finish(folder)
}

// Finish takes the mark away: the district is complete.
func Finish(folder string) error {
	if err := os.Remove(filepath.Join(folder, mark)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("finish %s: %w", folder, err)
	}
	return nil
}
