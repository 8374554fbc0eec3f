# Everything starts here. `make help` lists the targets; GNU make, Python 3.11+, pip and venv suffice.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
WEB := $(BIN)/python -m scripts.web
PYTEST_ARGS ?=
# A test waits half of its time: for browsers, servers and databases.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')

# Steps set up what later ones need.
.NOTPARALLEL:

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' \
		| while IFS=$$'\t' read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

# ------------------------------------------------------------------------------------ set-up

.PHONY: python-found
python-found:
	@test -n '$(PYTHON)' || { echo 'Besedka needs Python 3.11 or newer, and none was found.' \
		'Install it, or name it: make PYTHON=/path/to/python3 ...' >&2; exit 1; }

.PHONY: product-set-up
product-set-up: python-found
	@$(PYTHON) scripts/set_up.py build

.PHONY: dev-set-up
dev-set-up: python-found
	@$(PYTHON) scripts/set_up.py dev

.PHONY: web
web: product-set-up ## Build the web app into besedka/web_dist, if its sources changed
	@$(WEB) build

# --------------------------------------------------------------------------------------- run

.PHONY: run
run: web ## Set up everything, start Besedka (port 8000) and a simulated Avito (port 8010)
	@exec $(BIN)/besedka demo

# ------------------------------------------------------------------------------------ checks

.PHONY: format-check lint types imports web-check web-test api-check pytest pytest-quick
format-check: dev-set-up
	@echo '== format'; $(BIN)/ruff format --check --quiet --diff .
lint: dev-set-up
	@echo '== lint'; $(BIN)/ruff check --quiet .
types: dev-set-up
	@echo '== types'; $(BIN)/mypy --no-error-summary
imports: dev-set-up
	@echo '== import order'; $(BIN)/lint-imports --no-logo
api-check: dev-set-up
	@echo '== API types of the web app'; $(BIN)/python -m scripts.api check
web-check: dev-set-up
	@echo '== web: types and lint'; $(WEB) npm run --silent check
web-test: dev-set-up
	@echo '== web: tests'; $(WEB) npm test --silent
pytest: dev-set-up web
	@echo '== tests'; $(BIN)/pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)
pytest-quick: dev-set-up
	@echo '== quick tests'; \
		$(BIN)/pytest -q -n auto --maxprocesses 8 \
		-m 'not slow and not browser and not postgres' $(PYTEST_ARGS)

.PHONY: static
static: format-check lint types imports web-check api-check

.PHONY: check
check: static web-test pytest-quick ## Quick half: format, lint, types, import order, quick tests

.PHONY: test
test: static web-test pytest ## Everything: the quick half and all tests on both databases

# ----------------------------------------------------------------------------------- changes

.PHONY: format
format: dev-set-up ## Format the code and mend what the linters can mend
	@$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format --quiet .
	@$(WEB) npm run --silent fix

.PHONY: api
api: dev-set-up ## Write web/openapi.json and the web app's API types from the code
	@$(BIN)/python -m scripts.api update

.PHONY: pictures
pictures: dev-set-up web ## Take the READMEs' pictures anew, from the real product in Chromium
	@$(BIN)/python -m scripts.pictures

.PHONY: lock
lock: python-found ## Pin the newest allowed versions of all dependencies in constraints.txt
	@$(PYTHON) scripts/lock.py

.PHONY: hooks
hooks: dev-set-up ## Install the git pre-commit hook, which runs the static checks
	@$(BIN)/pre-commit install

.PHONY: clean
clean: ## Remove what was installed and built; data/ stays
	@rm -rf .venv build dist besedka/web_dist web/node_modules \
		.mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
