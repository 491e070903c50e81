# What can be done here; `make` alone lists it.
.DEFAULT_GOAL := help
STORE_NEO4J ?= bolt://127.0.0.1:7687
GO ?= go
export GO
# Without the folder in what is compiled, a second clone need not compile it again.
export GOFLAGS := $(strip -trimpath $(GOFLAGS))

# How long each fuzz target looks for what breaks it.
FUZZTIME ?= 30s

.PHONY: help run run-neo4j neo4j neo4j-stop build test test-fast test-long check fuzz generate generate-check lint golden room bench bench-journeys attack

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build ./bin/kith
	$(GO) build -ldflags "-s -w \
	  -X main.release=$$(git describe --tags --always --dirty 2>/dev/null) \
	  -X main.revision=$$(git describe --exclude '*' --always --abbrev=40 --dirty 2>/dev/null)" -o bin/kith ./cmd/kith

run: build ## try Kith: embedded store in ./kith.db, demonstration world, http://127.0.0.1:8080
	./bin/kith serve --store sqlite:kith.db --demo --purpose SALES

neo4j: ## start a local Neo4j on port 7687 (Java and Maven; data in .neo4j)
	./dev/neo4j/neo4j.sh start

neo4j-stop: ## stop it
	./dev/neo4j/neo4j.sh stop

run-neo4j: build neo4j ## the same as run, on the local Neo4j
	./bin/kith serve --store $(STORE_NEO4J) --demo --purpose SALES

test-fast: ## run the tests without Neo4j and Node: what one runs while writing
	./dev/test.sh fast

test: ## run the tests, on both stores where Java and Maven are there; what waits for Neo4j, a browser or Node by turns
	./dev/test.sh all

test-long: ## run the random tests with as many shapes as comparisons: an hour and more
	./dev/test.sh long

check: generate-check lint ## what CI runs: all tests in random order, and some with the race detector
	./dev/test.sh check

# Where the time is up within an input, go test fails with nothing but its own deadline.
fuzz: ## look for inputs that break a parser or a door, FUZZTIME=30s each; tests run those that are known
	@log=$$(mktemp); trap 'rm -f $$log' EXIT; \
	for target in $$(git grep -ho --untracked -e '^func Fuzz[A-Za-z]*' -- '*_test.go' | cut -c6-); do \
		folder=./$$(dirname $$(git grep -l --untracked -w "func $$target" -- '*_test.go')); \
		echo "$$folder $$target"; \
		$(GO) test $$folder -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x >$$log 2>&1 || \
			{ grep -q '^    context deadline exceeded' $$log && ! grep -q 'Failing input' $$log; } || { cat $$log; exit 1; }; \
	done

generate: ## write what follows from schema.graphqls
	$(GO) run ./dev/generate

generate-check: generate ## fail where something generated is not up to date
	@git diff --exit-code --stat -- resolvers || { echo "make generate has something to write: commit it"; exit 1; }

lint: ## gofmt, vet and staticcheck
	@files=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$files" || { echo "gofmt: $$files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

attack: build ## try to learn what is withheld: of a Kith that is started for it, or ATTACK="--server URL …"
	$(GO) run ./dev/attack $(ATTACK)

golden: ## rewrite the golden pairs of GraphQL and Cypher
	$(GO) test ./resolvers -run Golden -update

room: ## measure what receipts and versions take in both stores, in a Neo4j of its own on port 7689
	trap './dev/neo4j/neo4j.sh stop 7689' EXIT; for kept in Receipts Versions; do \
		addr=$$(./dev/neo4j/neo4j.sh start --fresh 7689) && \
		$(GO) test ./dev/e2e -count=1 -run "Test$${kept}TakeLittleRoom" -v -args -fresh=$$addr || exit 1; \
	done

bench: ## compare with hand-written Cypher, on both stores
	$(GO) run ./dev/bench/cmd
	$(GO) run ./dev/bench/planning
	$(GO) run ./dev/bench/writing
	$(GO) run ./dev/bench/crowded
	$(GO) run ./dev/bench/exporting
	$(GO) run ./dev/bench/screens

# The lock file names each version with its hashes: pip takes nothing else.
PEERS := .bench/python/bin/python
$(PEERS): dev/bench/journeys/requirements.txt
	python3 -m venv .bench/python && .bench/python/bin/pip install --quiet --require-hashes -r $<
	@touch $@

bench-journeys: $(PEERS) ## compare journeys of 1 M and 10 M events with DuckDB, polars and pm4py; JOURNEYS="-events 100000000" for more
	$(GO) run ./dev/bench/journeys -python $(PEERS) $(JOURNEYS)
