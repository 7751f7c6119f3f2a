# liandu: make run | test | lint | bench | dist | sample (browser, fuzz, golden)
SHELL := /bin/bash
BIN   := bin/liandu
# A static binary starts on every Linux, whatever its C library.
STATIC := -tags netgo,osusergo -ldflags '-s -w -linkmode external -extldflags "-static"'

.PHONY: run test lint bench dist sample browser fuzz golden build

# build the program
build:
	go build -o $(BIN) ./cmd/liandu

# build, load the sample city into data/ where there is none, and serve it on http://127.0.0.1:8080
run: build
	@test -e data/journal.jsonl || { echo '正在载入样例数据 …'; rm -rf data.part; \
	./$(BIN) --data data.part init --name 云州市 --regime qinhuangdao-2024 --units sample-data/units.csv && \
	{ ./$(BIN) --data data.part ingest --received-list sample-data/received.csv > data.part/sample.log || test $$? -eq 1; } && \
	mv data.part data; }
	@./$(BIN) --data data serve --addr 127.0.0.1:8080 --demo

# every test, browser tests included; installs the browser and the font they need where they are missing
test:
	./.ci/need
	go test -race -tags browser -timeout 20m ./...

# formatting, vet, staticcheck, go.mod
lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo 'not gofmt-clean:'; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet -tags browser ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 -tags browser ./...
	go mod tidy -diff

# speed, each as a ratio to a limit or a peer measured in the same run
bench:
	go test -run '^$$' -bench . -benchtime 1x -count 1 -timeout 30m ./...

# release binaries
dist:
	mkdir -p dist
	CGO_ENABLED=1 GOOS=linux GOARCH=amd64 go build $(STATIC) -trimpath -o dist/liandu-linux-amd64 ./cmd/liandu
	cd dist && sha256sum liandu-* > SHA256SUMS

# write sample-data/ again, byte for byte
sample:
	go run ./cmd/mksample -o sample-data

# the browser tests alone
browser:
	./.ci/need
	go test -tags browser -run Browser -count=1 ./dashboard/...

# ten seconds for each fuzz target
fuzz:
	@for pkg in $$(go list ./...); do \
		for f in $$(go test -list '^Fuzz' $$pkg 2>/dev/null | grep '^Fuzz'); do \
			echo "$$pkg $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime 10s -fuzzminimizetime 5x $$pkg || exit 1; \
		done; \
	done

# rewrite every golden, to be reviewed like code
golden:
	go test ./... -args -update
