# Hanse: `make run` starts it on this machine, `make test` checks everything. `make help` lists the rest.

SHELL := /bin/sh
PYTHON := .venv/bin/python
export PYTHONUNBUFFERED := 1
.DEFAULT_GOAL := help
.PHONY: help install install-dev run stop open clean test check quick lock docs console

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "  HANSE_PORT=8080 make run   another port;   make run ONCE=1   stop after the demonstration job"

install:
	@embedded/install.sh

install-dev:
	@embedded/install.sh dev

run: install ## Start Hanse, run the demonstration job, stay until Ctrl-C
	@$(PYTHON) -m embedded.console
	@ONCE=$(ONCE) $(PYTHON) -m embedded.up

stop: ## Stop what `make run` started, and the replicas of its jobs
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m embedded.stop; else echo "Nothing runs: Hanse is not installed here."; fi

open: ## Open the console in a browser
	@$(PYTHON) -m embedded.open

console: install ## Build the console
	@$(PYTHON) -m embedded.console

test: install-dev ## Run every check and every test (about what CI runs)
	@$(PYTHON) -m embedded.console
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .ci/checks
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PYTHON) -m pytest -q -n 2 -m "not stack and not browser"
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PYTHON) -m pytest -q -m "stack or browser"

check: install-dev ## Lint, types, import contracts, migrations, API description, docs, front end
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .ci/checks

quick: install-dev ## The tests that need no stack and no browser
	@$(PYTHON) -m pytest -q -n 2 -m "not stack and not browser"

lock: install-dev ## Pin what requirements.in and requirements-dev.in ask for
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt

docs: install-dev ## Build the documentation into docs/_build/html
	@$(PYTHON) -m docs.generate
	@$(PYTHON) -m sphinx -q -W --keep-going -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

clean: stop ## Remove what was built and all data (asks first)
	@printf "This removes .venv, the built console and var/ with all its data. Continue? [y/N] "; \
	read answer; [ "$$answer" = y ] || { echo "Nothing removed."; exit 1; }
	rm -rf .venv var frontend/node_modules frontend/dist docs/_build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
