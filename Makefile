# gongkai: the few commands of the house. Each installs what it needs on a
# Debian machine (as root) and is quick when everything is there already.
#
#   make run          build everything and serve the fictional district
#   make build        leave the binary at bin/gongkai
#   make test         everything a change must pass; what .ci/run calls
#   make check        the quick gate before each push
#   make bench        the numbers of docs/benchmarks.md, on this machine
#   make crash        kill the server 200 times during writes, on each engine
#   make fuzz         every fuzz test in turn (FUZZTIME=10m each)
#   make vuln         known holes in what we depend on (needs the network)
#   make screenshots  pictures of the main pages, for people to look at
#   make editor       only the console's text editor bundle

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build

BIN         := bin/gongkai
DATA        := data/demo
FUZZTIME    := 10m
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
VULNCHECK   := golang.org/x/vuln/cmd/govulncheck@v1.8.0
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)

# Git may refuse to answer for a checkout that belongs to somebody else, so the
# version is handed to the linker and the toolchain does not ask.
export GOFLAGS := -buildvcs=false

# The packages whose work is done by several goroutines at once.
RACED := ./internal/... ./ledger/... ./search/... ./review/... ./publication/...

BUNDLE := console/assets/editor.js

.PHONY: build run test check bench crash fuzz vuln screenshots editor lint clean FORCE

build: $(BUNDLE)
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/gongkai

run: build
	mkdir -p $(DATA)
	exec $(BIN) demo --data $(DATA)

test: export GONGKAI_REQUIRE := 1
test: $(BUNDLE) bin/staticcheck
	scripts/need postgres chromium documents bench
	scripts/lint
	scripts/with-postgres scripts/test $(RACED)

check: bin/staticcheck
	scripts/lint
	go test -race -short $$(go list $(RACED) | grep -vE '/internal/(gate|bundle|bench|browser|screenshots)$$')
	go test -short $$(go list ./... | grep -v /internal/gate)
	go test -count=1 ./internal/gate

lint: bin/staticcheck
	scripts/lint

bench: build
	scripts/need postgres bench
	go build -o bin/bench ./internal/bench
	GONGKAI_POSTGRES_DURABLE=1 scripts/with-postgres bin/bench -binary $(BIN)
	scripts/with-postgres go test ./inspection -run '^$$' -bench 'Sweep|Supervise' -benchtime 3x
	go test ./inspection ./console -run '^$$' -bench Look
	go test ./inspection/spelling -run '^$$' -bench 'WordList|Grep|Suspicions' -benchtime 5x -cpu 1

# The server killed 200 times during writes, on each engine.
crash:
	scripts/need postgres
	GONGKAI_REQUIRE=1 GONGKAI_CRASHES=200 scripts/with-postgres go test ./cmd/gongkai -run NothingAcknowledged -v -timeout 60m

fuzz:
	scripts/fuzz $(FUZZTIME)

vuln:
	go run $(VULNCHECK) ./...

screenshots: build
	scripts/need chromium
	go run ./internal/screenshots -binary $(BIN) -to bin/screenshots

editor: $(BUNDLE)

# The editor is built once and again when its source or its lock changes. The
# program also builds without it: the console then offers a plain text area.
$(BUNDLE): console/editor/node_modules/.package-lock.json $(wildcard console/editor/src/*) console/editor/editor.css internal/bundle/main.go
	go run ./internal/bundle console/editor console/assets

console/editor/node_modules/.package-lock.json: console/editor/package.json console/editor/package-lock.json
	cd console/editor && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

bin/staticcheck: Makefile
	GOBIN=$(CURDIR)/bin go install $(STATICCHECK)
	touch $@

clean:
	rm -rf bin console/assets/editor.js console/assets/editor.css console/editor/node_modules
