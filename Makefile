# Two commands matter: `make demo` shows it, `make test` proves it. `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# Any Python from 3.11 on; choose another with `make demo PYTHON=python3.12`.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
# Extra arguments for pip, such as a package index with CPU-only builds of torch.
PIP_ARGS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
CHROMIUM := /usr/bin/chromium
AXE := tests/browser/node_modules/axe-core/axe.min.js
# Extra arguments for pytest and for the benchmarks.
TESTS ?=
BENCH ?=
# What `make train-tagger` is given: public data sets, and a table of labelled statements.
TRAIN = $(if $(DATA),--data $(DATA)) $(if $(LABELS),--labels $(LABELS))

.PHONY: help demo serve test lint types unit browser fuzz formats format bench bench-quality bench-encoder bench-understanding bench-themes bench-personas bench-documents bench-exports bench-intake train-tagger train-encoder wheel lock clean browser-tools

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.base ## analyse the bundled Dutch study and show the result in the browser
	@$(BIN)/klantbeeld demo

serve: $(VENV)/.base ## start the web application on this computer
	@$(BIN)/klantbeeld serve

test: lint types browser-tools ## everything that must pass: lint, types and all tests
	@$(BIN)/python -m pytest $(TESTS)

lint: $(VENV)/.test ## style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test ## static types
	@$(BIN)/mypy --strict

unit: $(VENV)/.test ## the tests without a browser
	@$(BIN)/python -m pytest -m "not browser" $(TESTS)

browser: $(VENV)/.test browser-tools ## the tests in a real Chromium
	@$(BIN)/python -m pytest -m browser $(TESTS)

fuzz: $(VENV)/.test ## spoiled files, N of each good one (N=1000), chosen by chance
	@KLANTBEELD_FUZZ=$(or $(N),1000) $(BIN)/python -m pytest tests/readers/test_fuzz.py

formats: $(VENV)/.base ## the table of formats in docs/reference.md, made from the readers
	@PYTHONPATH=. $(BIN)/python docs/formats.py

format: $(VENV)/.test ## put imports and layout in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.bench ## speed, side by side with BERTopic
	@$(BIN)/python -m benchmarks.speed $(BENCH)

bench-quality: $(VENV)/.base ## the bundled studies against their planted truth
	@$(BIN)/python -m benchmarks.quality

bench-encoder: $(VENV)/.test $(VENV)/.bench ## the encoder beside its peers (DATA=folder with embedder/ and data/)
	@$(BIN)/python -m benchmarks.encoder --data $(or $(DATA),../shared) $(BENCH)

bench-understanding: $(VENV)/.test ## how well statements are read (DATA=folder with data/ and labels/)
	@$(BIN)/python -m benchmarks.understanding $(if $(DATA),--data $(DATA)) $(BENCH)

bench-themes: $(VENV)/.test $(VENV)/.bench ## themes beside BERTopic, EVoC and k-means (DATA=folder with data/)
	@$(BIN)/python -m benchmarks.themes --data $(or $(DATA),../shared) $(BENCH)

bench-documents: $(VENV)/.base ## lists and documents opened by LibreOffice (BENCH="--analysis FILE --pictures DIR")
	@$(BIN)/python -m benchmarks.exports.documents $(BENCH)

bench-personas: $(VENV)/.base ## groups of people against planted personas (DATA=folder with data/, for the survey)
	@$(BIN)/python -m benchmarks.personas $(if $(DATA),--data $(DATA)/data) $(BENCH)

bench-exports: $(VENV)/.base ## size, time and memory of every export (NODE=folder with npm's mermaid, jsdom and Excalidraw)
	@$(BIN)/python -m benchmarks.exports $(if $(NODE),--node $(NODE)) $(BENCH)

bench-intake: $(VENV)/.base ## reading, roles and redaction (PRESIDIO=a Python that has presidio-analyzer)
	@$(BIN)/python -m benchmarks.intake $(if $(PRESIDIO),--presidio $(PRESIDIO)) $(BENCH)

train-encoder: $(VENV)/.test ## train the encoder (DATA=folder with pairs.tsv.gz, baseline/, eval/)
	@test -n "$(DATA)" || { echo "Say where the pairs are: make train-encoder DATA=folder"; exit 2; }
	@$(BIN)/python -m research.training.encoder --data $(DATA)

train-tagger: $(VENV)/.test ## train all that reads statements (DATA=folder with the public data, LABELS=table)
	@$(BIN)/python -m research.training.statement_model $(TRAIN)
	@$(BIN)/python -m research.training.codebook
	@$(BIN)/python -m research.training.tagger $(TRAIN)
	@$(BIN)/python -m research.training.bank

wheel: $(VENV)/.test ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist

clean: ## remove what was made here; studies are kept elsewhere and stay
	@rm -rf $(VENV) tests/browser/node_modules dist build .pytest_cache .mypy_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- environments: a stamp a lock, so that a second run starts at once ---------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Klantbeeld needs Python 3.11 or newer on the PATH."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.base: requirements/base.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV), once; this can take some minutes ..."
	@$(PIP) install $(PIP_ARGS) -r requirements/base.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements/test.lock
	@echo "Installing what the tests need ..."
	@$(PIP) install $(PIP_ARGS) -r requirements/base.lock -r requirements/test.lock
	@touch $@

$(VENV)/.bench: $(VENV)/.base requirements/bench.lock
	@echo "Installing what the benchmarks compare with ..."
	@$(PIP) install $(PIP_ARGS) -r requirements/base.lock -r requirements/bench.lock
	@touch $@

# --- the real browser: installed when we may, otherwise its tests are left out -------

browser-tools: $(AXE)
	@if test -x $(CHROMIUM); then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
			--no-install-recommends chromium; } </dev/null >/dev/null 2>&1 \
			|| echo "Chromium could not be installed: the browser tests are left out."; \
	else echo "There is no $(CHROMIUM): the browser tests are left out."; fi

$(AXE): tests/browser/package.json
	@if command -v npm >/dev/null && npm install --prefix tests/browser --no-package-lock \
		--ignore-scripts --no-audit --no-fund </dev/null >/dev/null 2>&1 && touch $@; \
	then :; else echo "axe-core could not be fetched with npm: its checks are left out."; fi

# --- locks ---------------------------------------------------------------------------

lock: $(BIN)/python ## resolve all dependencies anew into requirements/*.lock
	@$(BIN)/python requirements/lock.py
