# Two commands: `make app` opens the map, `make test` checks everything. Both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install app test lint types unit chromium bench data clean
help:            ## list the commands
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ \t/'

install: .venv/.installed ## prepare .venv with everything
.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'frontmap needs Python 3.11 or newer: make PYTHON=python3.12 ...' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

app: install ## open the map on this machine
	$(BIN)/frontmap app

chromium: ## find a Chromium, or install the system's
	@bash scripts/ensure_chromium.sh

lint: install ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## types
	$(BIN)/mypy

unit: install chromium ## all tests, doctests, notebooks, the browser
	$(BIN)/python -m pytest -q

test: lint types unit ## everything

bench: install chromium ## measure against peers, in one run (needs npm and a folder of daily extents)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/browser.py
	$(BIN)/python benchmarks/pictures.py

data: install ## rebuild the control layers and the data package from the drawings
	$(BIN)/python scripts/draw_control.py
	$(BIN)/python scripts/build_datapackage.py

clean: ## remove what the commands made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
