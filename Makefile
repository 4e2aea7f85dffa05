# Plumbline: every command a developer needs. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --python-version 3.11
EXAMPLE := build/example
EXAMPLE_SOURCES := $(shell find core resources -name '*.py' -o -name '*.toml')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup system test run screenshots docs bench bundle lock clean

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

bundle: setup ## freeze the application and let it check itself
	@$(PYTHON) scripts/qt_libraries.py --screen
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/freeze build.spec
	QT_QPA_PLATFORM=offscreen dist/plumbline/plumbline --self-check

lock: setup ## resolve the dependencies anew
	$(COMPILE) --upgrade --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --extra bench --constraint requirements.lock \
		--output-file requirements-bench.lock pyproject.toml

clean: ## remove everything made here
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
