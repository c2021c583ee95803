# Hanse: `make run` starts it on this machine, `make test` checks everything. `make help` lists the rest.

SHELL := /bin/sh
PYTHON := .venv/bin/python
export PYTHONUNBUFFERED := 1
.DEFAULT_GOAL := help
.PHONY: help install install-dev run stop open backup restore doctor clean image test check quick fuzz lock docs console cluster cluster-stop pulsar pulsar-stop

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

backup: install ## Write the database, objects and keys to one file (FILE=… chooses it), running or not
	@FILE=$(FILE) $(PYTHON) -m embedded.backup

doctor: install ## Examine what runs here, and say what to do about what is wrong
	@$(PYTHON) -m embedded.doctor

restore: install ## Fill an empty var/ from a backup (FILE=…)
	@FILE=$(FILE) $(PYTHON) -m embedded.restore

console: install ## Build the console
	@$(PYTHON) -m embedded.console

cluster: install-dev ## Start a Kubernetes cluster of simulated nodes (NODES=20; CLUSTER=name: another one); built the first time
	@$(PYTHON) -m tests.testbed.cluster start

cluster-stop: ## Stop what `make cluster` started
	@$(PYTHON) -m tests.testbed.cluster stop

pulsar: install ## Start two Pulsar clusters that are registered with each other (fetched the first time)
	@$(PYTHON) -m embedded.pulsar start

pulsar-stop: ## Stop what `make pulsar` started
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m embedded.pulsar stop; else echo "Nothing runs: Hanse is not installed here."; fi

image: ## Build the image of all processes with buildah (IMAGE=…, BASE=an image with Python 3.11 or later)
	buildah build $(IMAGE_OPTIONS) $(if $(BASE),--build-arg BASE=$(BASE)) --ignorefile .containerignore -f Containerfile -t $(or $(IMAGE),hanse) .

test: install-dev ## Run every check and every test (about what CI runs)
	@$(PYTHON) -m embedded.console
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .ci/checks
	@[ "$$CI" != true ] || $(PYTHON) -m tests.testbed.cluster build
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PYTHON) -m pytest -q -n 3 --maxfail=20 -m "not stack and not browser"
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PYTHON) -m pytest -q -n 2 --maxfail=20 --dist loadfile -m "stack or browser"

check: install-dev ## Lint, types, import contracts, migrations, API description, docs, front end
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .ci/checks

quick: install-dev ## The tests that need no stack and no browser
	@$(PYTHON) -m pytest -q -n 2 -m "not stack and not browser and not kubernetes"

fuzz: install-dev ## Thousands of odd requests of every operation, in every role and in none (EXAMPLES=3 each), and new clusters to admit to
	@FUZZ=$(or $(EXAMPLES),3) $(PYTHON) -m pytest -q --timeout=3600 tests/core/test_description.py tests/core/test_served.py tests/core/test_hostile.py tests/core/test_hostile_queries.py tests/quotas/test_admission_properties.py

lock: install-dev ## Pin what requirements.in, -tracing.in, -forecasting.in, -serving.in, -federation.in and -dev.in ask for
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-tracing.in -o requirements-tracing.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-forecasting.in -o requirements-forecasting.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-serving.in -o requirements-serving.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-federation.in -o requirements-federation.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt

docs: install-dev ## Build the documentation into docs/_build/html
	@$(PYTHON) -m docs.generate
	@$(PYTHON) -m sphinx -q -W --keep-going -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

clean: stop pulsar-stop ## Remove what was built and all data (asks first)
	@printf "This removes .venv, the built console and var/ with all its data. Continue? [y/N] "; \
	read answer; [ "$$answer" = y ] || { echo "Nothing removed."; exit 1; }
	rm -rf .venv var frontend/node_modules frontend/dist frontend/dist-new frontend/dist-older docs/_build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
