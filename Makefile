# Plumbline: every command a developer needs. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --python-version 3.11
# One seed and one date: two bundles of one commit are the same.
FREEZE := PYTHONHASHSEED=0 SOURCE_DATE_EPOCH=$(or $(shell git log -1 --format=%ct 2>/dev/null),1735689600) \
	$(BIN)/pyinstaller --noconfirm --clean --log-level WARN
EXAMPLE := build/example
EXAMPLE_SOURCES := $(shell find core resources -name '*.py' -o -name '*.toml')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup system test run screenshots words docs bench bundle pack twins install lock clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup: system $(VENV)/.installed ## make .venv and install what the lock names

system:
	@$(PYTHON) scripts/qt_libraries.py

$(VENV)/.installed: requirements.lock pyproject.toml | system
	test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

test: setup ## format, lint, types, contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

run: setup $(EXAMPLE)/.made ## open the application on the example, or picture it where there is no screen
	@PYTHON=$(BIN)/python scripts/show.sh $(EXAMPLE)

$(EXAMPLE)/.made: $(EXAMPLE_SOURCES) | $(VENV)/.installed
	rm -rf $(EXAMPLE)
	$(BIN)/plumb example $(EXAMPLE)
	@touch $@

screenshots: setup ## every screen as PNG, light and dark
	$(BIN)/python -m desktop.screenshots build/screenshots

words: setup ## write every word of the window into build/plumbline.ts, to be translated
	mkdir -p build
	$(BIN)/pyside6-lupdate $(shell find desktop -name '*.py' | sort) -ts build/plumbline.ts

docs: setup ## write the generated pages
	$(BIN)/python scripts/error_page.py > docs/errors.md
	$(BIN)/python scripts/document_models.py > docs/risk_models.md
	$(BIN)/python scripts/document_audits.py > docs/audits.md
	$(BIN)/python -m scripts.document_methods > docs/methods.md

bench: setup $(VENV)/.bench ## timings, printed beside other people's tools
	$(BIN)/python tests/benchmarks/run.py

$(VENV)/.bench: requirements-bench.lock $(VENV)/.installed
	$(PIP) --require-hashes -r requirements-bench.lock
	@touch $@

bundle: setup ## freeze the application, weigh it and let it check itself without a network
	@$(PYTHON) scripts/qt_libraries.py --screen
	$(FREEZE) --distpath dist --workpath build/freeze build.spec
	$(BIN)/python scripts/weigh_bundle.py dist/plumbline
	$(BIN)/python scripts/try_bundle.py dist/plumbline/plumbline

pack: ## put the bundle into one file to hand on
	$(BIN)/python scripts/pack_bundle.py

twins: setup ## build the bundle twice and say in what the two differ
	@$(PYTHON) scripts/qt_libraries.py --screen
	$(FREEZE) --distpath build/twins/one --workpath build/twins/work build.spec
	rm -rf build/twins/work
	$(FREEZE) --distpath build/twins/other --workpath build/twins/work build.spec
	$(BIN)/python scripts/compare_bundles.py build/twins/one build/twins/other

install: ## install the bundle for this user on Linux: menu entry, and .age files open with it
	@$(PYTHON) scripts/install_linux.py

lock: setup ## resolve the dependencies anew
	$(COMPILE) --upgrade --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --extra bench --constraint requirements.lock \
		--output-file requirements-bench.lock pyproject.toml

clean: ## remove everything made here
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
