# Memory Reflector: 'make help' lists what there is to type.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build compose-check kubernetes-check sbom licences reproducible run demo test eval eval-quick recall-bench faults planted-bugs forgetting dashboards-check rabbit-faults rabbit-bench screenshots stub-model bench bench-client model-load shadow-load images-test scale-out standby-recovery format topology-picture clean clean-data tools

MVN := mvn -B -q
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
NOT_SHIPPED := !local-stack,!local-stack/kafka,!local-stack/neo4j,!local-stack/registry,!system-tests,!benchmarks
BUILT := system-tests/target/built
STACK := $(JAVA) -cp "local-stack/target/classes:$$(cat system-tests/target/classpath)" io.memoryreflector.localstack.Main
FAULTS_CLASSPATH := system-tests/target/test-classes:system-tests/target/classes
SYSTEM := $(JAVA) -cp "system-tests/target/classes:$$(cat system-tests/target/classpath)"
RABBIT := $(JAVA) -cp "connectors/target/test-classes:connectors/target/classes:$$(cat connectors/target/test-classpath)"
# Folders too: one is newer when a file in it was removed.
SOURCES := $(shell find . \( -name target -o -name .git -o -name .local -o -name node_modules \) -prune -o \( -path '*/src/main*' -o -path './system-tests/src*' -o -path './connectors/src*' -o -path './page/*' -o -name pom.xml \) -print)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-18s %s\n", $$1, $$2}'

build: $(BUILT) ## build everything that has changed, without tests

$(BUILT): $(SOURCES) | tools
	@echo "Building; the first time this downloads the servers too and takes some minutes."
	@time $(MVN) install -DskipTests -Dspotless.check.skip
	@mkdir -p $(dir $@) && touch $@

run: build ## start everything on this machine and stay up until Ctrl-C; RABBITMQ=true adds RabbitMQ and its source
	@$(STACK) $(if $(filter true,$(RABBITMQ)),--rabbitmq)

demo: build ## run, play a sample conversation, ask five questions, stay up
	@$(STACK) --then $(SYSTEM) io.memoryreflector.systemtests.demo.Demo

eval: build ## replay labelled conversations, print evidence recall beside BM25 and dense: make eval DATA="a.json b.json"
	@test -n "$(DATA)" || { echo 'DATA: is not set; takes the files to replay, as in: make eval DATA="a.json b.json"'; exit 2; }
	@$(STACK) --throw-away --exit --then $(SYSTEM) io.memoryreflector.systemtests.eval.Eval $(DATA)

eval-quick: build ## the same in one process without any server, and what each ingredient of the ranking brings
	@test -n "$(DATA)" || { echo 'DATA: is not set; takes the files to read, as in: make eval-quick DATA="a.json b.json"'; exit 2; }
	@$(SYSTEM) io.memoryreflector.systemtests.eval.QuickEval $(DATA)

recall-bench: build ## measure recall for a user with many memories, against a real Neo4j: make recall-bench MEMORIES=10000 OTHERS=1000 CALLERS=8 SECONDS_EACH=15
	@$(SYSTEM) io.memoryreflector.systemtests.eval.RecallBench $(or $(MEMORIES),10000) $(or $(OTHERS),1000) $(or $(CALLERS),8) $(or $(SECONDS_EACH),15)

faults: build ## break the whole system by plan and count: make faults INTERACTIONS=20000 FAULTS=30 SEED=1 MINUTES=60
	@$(JAVA) -cp "$(FAULTS_CLASSPATH):$$(cat system-tests/target/test-classpath)" io.memoryreflector.systemtests.faults.Faults

planted-bugs: build ## prove that 'make faults' sees: each planted bug must be found
	$(MVN) -pl system-tests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=PlantedBugsIT -Dexcluded.groups=

forgetting: build ## forget a user on the whole system, build the stores anew, and look for what came back
	$(MVN) -pl system-tests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ForgettingIT -Dexcluded.groups=

dashboards-check: build ## ask a real Prometheus for every panel and rule of dashboards/, on the whole system under load
	$(MVN) -pl system-tests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=DashboardsIT

screenshots: build ## take the pictures of docs/page.md anew, in Chromium
	$(MVN) -pl system-tests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=PageIT#shouldTakeAPictureOfEachView -Dimages=../docs/images

rabbit-faults: build ## kill RabbitMQ and Connect in turn under load and count: make rabbit-faults MESSAGES=100000 KILLS=10
	@$(RABBIT) io.memoryreflector.connect.rabbitmq.RabbitFaults

rabbit-bench: build ## RabbitMQ to Kafka beside a bare client: make rabbit-bench MESSAGES=100000 REPETITIONS=5
	@$(RABBIT) io.memoryreflector.connect.rabbitmq.RabbitBench

test: tools ## all tests, against real servers
	mvn -B verify $(FLAGS)

stub-model: build ## an endpoint to try the model reflector with, without a model: make stub-model PORT=8900 LATENCY_MS=1000
	@$(SYSTEM) io.memoryreflector.systemtests.model.StubModelServer $(or $(PORT),8900) $(or $(LATENCY_MS),1000)

model-load: build ## measure how many slow model calls one reflector keeps going: make model-load WORKERS=512 LATENCY_MS=1000 MEASURED_SECONDS=60, or BACKLOG=100000 LATENCY_MS=10000
	@$(SYSTEM) io.memoryreflector.systemtests.model.load.ModelLoad

scale-out: build ## measure one reflector and three, add two under load, kill one, stop one, and count: make scale-out WORKERS=12 LATENCY_MS=200 MEASURED_SECONDS=60
	@$(SYSTEM) io.memoryreflector.systemtests.scale.ScaleOut

standby-recovery: build ## kill one of two reflectors while tasks wait and measure until the other one has taken over: make standby-recovery TASKS=1000000 STANDBYS=1
	@$(SYSTEM) io.memoryreflector.systemtests.scale.StandbyRecovery

shadow-load: build ## measure what a shadow at its default pace costs the live pipeline: make shadow-load ROUNDS=4 BURST=3000 STREAM_SECONDS=20
	@$(SYSTEM) io.memoryreflector.systemtests.shadow.ShadowLoad

bench: build ## measure everything beside its reference: make bench BENCH=rest-ingest,topology TURNS=5, or SHORT=true for minutes
	@$(JAVA) -Dlogback.configurationFile=benchmarks-logback.xml -cp "benchmarks/target/classes:$$(cat benchmarks/target/classpath)" io.memoryreflector.benchmarks.Benchmarks

bench-client: build ## measure the Java SDK: one call of collect, and how much gets into Kafka: make bench-client SECONDS_EACH=3 OPERATIONS=1000000
	$(MVN) -pl client test-compile
	@$(JAVA) -cp "client/target/test-classes:client/target/classes:$$(cat client/target/test-classpath)" io.memoryreflector.client.bench.Bench $(or $(SECONDS_EACH),3) $(or $(OPERATIONS),1000000)

images-test: build ## build the images, run the whole system of docker-compose.yml and test it; skipped where no Docker engine is
	@docker info >/dev/null 2>&1 || echo 'No Docker engine answers here: the tests of the images are skipped.'
	$(MVN) -pl system-tests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ImagesIT -Dexcluded.groups=

compose-check: ## check docker-compose.yml as Docker reads it; needs no Docker engine
	@compose=$$(docker compose version >/dev/null 2>&1 && echo 'docker compose' || command -v docker-compose) || true; \
	  test -n "$$compose" || { echo 'Neither "docker compose" nor docker-compose is here: install Docker'"'"'s Compose plugin, or on Debian docker-compose.'; exit 1; }; \
	  env=$$(mktemp) && trap 'rm -f "$$env"' EXIT && deploy/docker/new-env > "$$env" && \
	  $$compose --env-file "$$env" config -q && echo "docker-compose.yml is well, says $$compose"

kubernetes-check: ## build deploy/kubernetes as kubectl reads it; needs no cluster
	@command -v kubectl >/dev/null || { echo 'kubectl is not on the PATH: install it, with its kustomize.'; exit 1; }
	@kubectl kustomize deploy/kubernetes/example | grep '^kind: ' | sort | uniq -c

sbom: tools ## list all that the programs are made of, as CycloneDX: target/sbom.json
	$(MVN) org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom -pl '$(NOT_SHIPPED)'
	@ls -l target/sbom.json

licences: sbom ## count the licences in target/sbom.json; fails where GPL 3 or AGPL would be shipped
	@awk -F'"' '/"licenses"/ {inside = 1} /"(purl|externalReferences)"/ {inside = 0} inside && /"(id|name|expression)" :/ {print $$4}' target/sbom.json | sort | uniq -c | sort -rn
	@if grep -nE '"(id|name|expression)" : "[^"]*(AGPL|GPL-3|GPLv3|Affero)|"purl" : "pkg:maven/org.neo4j/neo4j-' target/sbom.json; then \
	  echo 'GPL 3 or AGPL, or a part of Neo4j'"'"'s server, would be shipped: it may be in local-stack alone.'; exit 1; fi

reproducible: tools ## build twice from clean copies and compare the SHA-256 of every jar
	@deploy/reproducible

format: ## format the sources
	$(MVN) spotless:apply

topology-picture: build ## draw docs/topology.md from the topology itself
	@$(JAVA) -cp "streams-reflector/target/streams-reflector.jar" io.memoryreflector.streams.TopologyPicture docs/topology.md

clean: ## remove what was built
	$(MVN) clean

clean-data: ## forget everything that 'make run' has stored
	rm -rf .local

tools:
	@command -v mvn >/dev/null || { echo 'mvn is not on the PATH: install Maven 3.8 or newer.'; exit 1; }
	@command -v "$(JAVA)" >/dev/null || { echo '$(JAVA) is missing: install a JDK, 17 or newer, and let JAVA_HOME name it.'; exit 1; }
	@version=$$("$(JAVA)" -version 2>&1 | sed -nE 's/.* version "([0-9]+).*/\1/p' | head -n 1); \
	  test "$${version:-0}" -ge 17 || { echo "$(JAVA) is Java $${version:-?}: install a JDK, 17 or newer, and let JAVA_HOME name it."; exit 1; }
