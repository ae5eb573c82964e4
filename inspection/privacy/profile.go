package privacy

import (
	_ "embed"
	"encoding/json"
	"slices"
)

//go:embed data/profiles.json
var profileData []byte

// A Profile says what a kind of publication must show because a law asks for the
// list. Numbers that identify somebody are shown by none.
type Profile struct {
	Kind  string   `json:"kind"`  // "relief"; "" for all others
	Name  string   `json:"name"`  // in Chinese
	Shows []string `json:"shows"` // "name", "household", "health"
	Basis string   `json:"basis"`
}

func (p Profile) shows(what string) bool { return slices.Contains(p.Shows, what) }

var profiles = func() (all []Profile) {
	if err := json.Unmarshal(profileData, &all); err != nil {
		panic(err)
	}
	return all
}()

// Profiles returns all profiles, the general one first.
func Profiles() []Profile { return slices.Clone(profiles) }

// ProfileOf returns the profile of a kind of publication, the general one if it
// has none of its own.
func ProfileOf(kind string) Profile {
	for _, p := range profiles {
		if p.Kind == kind {
			return p
		}
	}
	return profiles[0]
}
