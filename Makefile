# Everything a newcomer needs: `make run` to see it, `make test` to trust it.
PYTHON ?= python3
VENV   ?= .venv
LOCK   ?= requirements-dev.lock
HOST   ?= 127.0.0.1
PORT   ?= 8000
BIN    := $(VENV)/bin
# Tests are shared among the cores, a file whole; on a server given by NEO4J_URI, which they erase, one after the other.
SHARED := $(if $(NEO4J_URI),,--numprocesses=auto --dist=loadfile --max-worker-restart=4)
STAMP  := $(VENV)/.installed-$(basename $(notdir $(LOCK)))
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help install run test check format bench neo4j translations lock clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## create .venv and install what the lock file names (instant when nothing changed)

$(STAMP): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (a minute or two the first time)…"
	@$(PIP) install --require-hashes --requirement $(LOCK)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

run: install ## show the network of Essonne on http://127.0.0.1:8000
	@$(BIN)/maillage serve --seed-if-empty --host $(HOST) --port $(PORT)

test: install ## run every test: SQLite, a real Neo4j, a real Chromium
	@$(BIN)/python -m pytest $(SHARED)

check: install ## format, lint, types, dependency rule
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: install ## rewrite the code as `make check` wants it
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install ## measure every promised figure
	@$(BIN)/python -m benchmarks

neo4j: install ## start a real Neo4j without Docker and say how to reach it
	@$(BIN)/python -m tests.rig

translations: install ## bring the catalogues level with the texts of the pages, and compile them
	@$(BIN)/python -m web.texts

lock: install ## write both lock files again from pyproject.toml
	@for extras in "--extra build --extra postgresql:requirements.lock" "--all-extras:requirements-dev.lock"; do \
	  $(BIN)/uv pip compile pyproject.toml $${extras%%:*} --output-file $${extras##*:} --universal --python-version 3.11 \
	    --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header --quiet --upgrade || exit 1; done

clean: ## forget the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find graphsvc matcher people seed web tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
