# `make` alone lists what there is. Everything runs in .venv, which is made where it is missing.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
OUT ?= dataset
CACHE ?= .cache
# Half of the threads a laptop has would fight over two cores: one process a core, one thread a process.
export POLARS_MAX_THREADS ?= 2
export HF_HUB_OFFLINE := 1
# A word of the theme's makers about another program's future, on every build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help install dataset test test-slow check format lock train golden docs docs-golden datasheet release-manifest bench bench-extraction bench-actors bench-report bench-scale clean
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

.venv/.installed: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is %s; give one with make PYTHON=..." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install: .venv/.installed ## make .venv with onrecord in it

dataset: .venv/.installed ## build raw/ into dataset/
	@$(BIN)/onrecord build raw --out $(OUT) --cache $(CACHE)

test: .venv/.installed-dev ## the checks and the tests that CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not slow"

test-slow: .venv/.installed-dev ## the tests that take minutes
	$(BIN)/pytest -m slow

check: .venv/.installed-dev ## lint and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.installed-dev ## rewrite the code as ruff formats it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin the dependencies again, with hashes and without any host's name (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -o requirements/run.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -o requirements/dev.txt

golden: .venv/.installed-dev ## write tests/worlds/*/expected.txt anew, to be read in the diff
	$(BIN)/python -m tests.worlds

docs: .venv/.installed-dev ## build the documentation into site/
	$(BIN)/python -m mkdocs build --quiet

docs-golden: .venv/.installed-dev ## write the outputs in docs/ anew, to be read in the diff
	$(BIN)/python -m tests.docs

datasheet: dataset ## take DATASHEET.md over from the build of raw/
	cp $(OUT)/DATASHEET.md DATASHEET.md

release-manifest: dataset ## release the build of raw/ as VERSION, dated DATE, and keep its manifest in releases/
	@$(BIN)/onrecord release $(VERSION) --date $(DATE) --from $(OUT) --to .releases
	@mkdir -p releases/$(VERSION)
	cp .releases/$(VERSION)/manifest.json releases/$(VERSION)/manifest.json

bench: .venv/.installed-dev ## words per second, by stage
	$(BIN)/python -m bench

.venv-yardstick/.installed: bench/extraction/requirements.txt
	$(PYTHON) -m venv .venv-yardstick
	.venv-yardstick/bin/python -m pip install --quiet --disable-pip-version-check -r bench/extraction/requirements.txt
	@touch $@

bench-extraction: .venv/.installed-dev .venv-yardstick/.installed ## words per second and memory of extraction beside spaCy's
	$(BIN)/python -m bench.extraction

bench-scale: .venv/.installed-dev ## what 1,000, 10,000 and 100,000 articles take, and a rebuild; writes bench/RESULTS.md (hours)
	$(BIN)/python -m bench.scale

bench-actors: .venv/.installed-dev ## seconds and memory of linking 100,000 and a million mentions across articles
	$(BIN)/python -m bench.actors

bench-report: .venv/.installed-dev ## seconds, memory and files of the report of 10,000 made articles
	$(BIN)/python -m bench.report

clean: ## remove what a build or a test left
	rm -rf .venv .venv-yardstick .cache dataset site .pytest_cache .mypy_cache .ruff_cache
