# Two commands do everything on a fresh machine: `make film` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# Byte code is written when a module is first imported: compiling all of every library takes 120 MB.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-compile
BASE := .venv/.base
DEV := .venv/.dev
QUALITY ?= preview

MODELS := .venv-models

.PHONY: film test test-models fix bench system lock clean

# The film needs only what the program needs; the gate needs its tools on top.
film: system $(BASE)
	$(BIN)/generique produce examples/dawn-chorus --quality $(QUALITY) --demo-review

test: system $(DEV)
	$(BIN)/python tools/gate.py

# Local models need PyTorch, a large download where no build lies at hand: a stage of its own.
test-models: system $(MODELS)/.done
	$(MODELS)/bin/python -m pytest tests/local_models

$(MODELS)/.done: pyproject.toml requirements.lock requirements-dev.lock
	$(PYTHON) -m venv $(MODELS)
	$(MODELS)/bin/python -m pip --quiet install --no-compile torch==2.13.0
	$(MODELS)/bin/python -m pip --quiet install --no-compile -r requirements.lock -r requirements-dev.lock
	$(MODELS)/bin/python -m pip --quiet install --no-compile --editable ".[diffusers]"
	@touch $@

fix: $(DEV)
	$(BIN)/ruff check --fix-only --quiet src tests benchmarks tools
	$(BIN)/ruff format --quiet src tests benchmarks tools
	$(BIN)/python tools/formats.py
	$(BIN)/python tools/clearance_rules.py
	$(BIN)/python tools/vocabulary_pages.py
	$(BIN)/python tools/conformance.py

bench: system $(DEV)
	$(BIN)/python benchmarks/run.py

system:
	@$(PYTHON) tools/system_libraries.py

$(BASE): pyproject.toml requirements.lock
	@$(PYTHON) tools/check_python.py
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(BASE) requirements-dev.lock
	$(PIP) -r requirements-dev.lock
	@touch $@

# After a change of the ranges in pyproject.toml.
lock: $(DEV)
	$(BIN)/python tools/lock.py

clean:
	rm -rf .venv examples/*/out examples/*/.generique
