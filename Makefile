# Two commands do all set-up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-quick lint format types bench gate lock knowledge train clean

demo: $(VENV)/.core
	$(BIN)/dragoman code --sample --to table

test: $(VENV)/.test lint types
	$(BIN)/python -m pytest -n 2

test-quick: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 -m "not slow"

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.test
	$(BIN)/mypy

bench: $(VENV)/.core
	$(BIN)/python benchmarks/bench.py

lock: $(VENV)/.test
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q -U --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra all -o requirements/core.txt
	$(BIN)/uv pip compile -q -U --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra all --group test --group lint -c requirements/core.txt -o requirements/test.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(VENV)/bin/python requirements/core.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/core.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.test: $(VENV)/.core requirements/test.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/test.txt
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
