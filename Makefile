# Two commands do everything on a fresh machine: `make film` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
QUALITY ?= preview

.PHONY: film test check fix bench system lock clean

film: $(STAMP) system
	$(BIN)/generique produce examples/dawn-chorus --quality $(QUALITY) --demo-review

test: $(STAMP) system
	$(BIN)/python tools/gate.py

fix: $(STAMP)
	$(BIN)/ruff check --fix-only -q src tests benchmarks tools
	$(BIN)/ruff format -q src tests benchmarks tools

bench: $(STAMP) system
	$(BIN)/python benchmarks/run.py

system:
	@$(PYTHON) tools/system_libraries.py

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) tools/check_python.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

lock:
	$(BIN)/python tools/lock.py

clean:
	rm -rf .venv examples/*/out examples/*/.generique
