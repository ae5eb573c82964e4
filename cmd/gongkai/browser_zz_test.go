package main

import "testing"

func citizen(t *testing.T, d *district)              { t.Skip() }
func citizenWithoutScript(t *testing.T, d *district) { t.Skip() }
func elder(t *testing.T, d *district)                { t.Skip() }
func publishing(t *testing.T, d *district)           { t.Skip() }
func twoOnOneDraft(t *testing.T, d *district)        { t.Skip() }
func expiredSession(t *testing.T, d *district)       { t.Skip() }
func repeal(t *testing.T, d *district)               { t.Skip() }
func withdrawal(t *testing.T, d *district)           { t.Skip() }
func proof(t *testing.T, d *district)                { t.Skip() }
func realReports(t *testing.T, d *district)          { t.Skip() }
