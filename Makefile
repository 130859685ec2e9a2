# Two commands do everything on a fresh machine with Python 3.11+: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NEO4J_TESTS ?= tests/services tests/cli

.PHONY: setup demo demo-neo4j test test-neo4j test-all check format bench clean

setup: $(READY)

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Bibliograph needs Python 3.11 or later; this is $$($(PYTHON) --version). Set PYTHON=… to another."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; install it, on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/bibliograph demo

demo-neo4j: setup
	@$(BIN)/python -m tools.neo4j.demo

test: setup
	@$(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile

test-neo4j: setup
	@$(BIN)/python -m pytest $(NEO4J_TESTS) -m "not slow" --engine neo4j -n auto --dist loadfile

test-all: setup
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
