# Memory Reflector: 'make help' lists what there is to type.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build run demo test eval format topology-picture clean clean-data

MVN := mvn -B -q
BUILT := system-tests/target/built
STACK := java -cp "local-stack/target/classes:$$(cat system-tests/target/classpath)" io.memoryreflector.localstack.Main
SYSTEM := java -cp "system-tests/target/classes:$$(cat system-tests/target/classpath)"
SOURCES := $(shell find . \( -name target -o -name .git -o -name .local \) -prune -o \( -path '*/src/main/*' -o -name pom.xml \) -type f -print)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-18s %s\n", $$1, $$2}'

build: $(BUILT) ## build everything that has changed, without tests

$(BUILT): $(SOURCES)
	@echo "Building; the first time this downloads the servers too and takes some minutes."
	@time $(MVN) install -DskipTests -Dspotless.check.skip
	@mkdir -p $(dir $@) && touch $@

run: build ## start everything on this machine and stay up until Ctrl-C
	@$(STACK)

demo: build ## run, play a sample conversation, ask five questions, stay up
	@$(STACK) --then $(SYSTEM) io.memoryreflector.systemtests.demo.Demo

eval: build ## replay labelled conversations and print evidence recall: make eval DATA="a.json b.json"
	@$(STACK) --throw-away --exit --then $(SYSTEM) io.memoryreflector.systemtests.eval.Eval $(DATA)

test: ## all tests, against real servers
	mvn -B verify

format: ## format the sources
	$(MVN) spotless:apply

topology-picture: build ## draw docs/topology.md from the topology itself
	@java -cp "streams-reflector/target/streams-reflector.jar" io.memoryreflector.streams.TopologyPicture docs/topology.md

clean: ## remove what was built
	$(MVN) clean

clean-data: ## forget everything that 'make run' has stored
	rm -rf .local
