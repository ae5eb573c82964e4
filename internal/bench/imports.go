package main

import "context"

func (b *bench) imports(ctx context.Context) error { return nil }
