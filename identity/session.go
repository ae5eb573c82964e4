package identity

// SessionID names a session of a person in lists; it is not the token and
// opens nothing.
type SessionID string
