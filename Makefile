# Every target sets up .venv by itself; it needs python3 (3.11 or newer), pip and make, and asks nothing.
# Another Python: `make test PYTHON=python3.12`. More arguments: `make run ARGS="--workers 4"`.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
# Touched when .venv is complete: nothing is installed again until one of what it depends on changes.
READY := .venv/.ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint bench lock clean

help: ## say what there is
	@echo "make TARGET, where TARGET is one of:"
	@sed -nE 's/^([a-z]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: $(READY) ## encode raw/ into build/
	@$(BIN)/teiprep run raw build $(ARGS)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY) ## check style, formatting, types and the direction of imports
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports --no-logo

bench: $(READY) ## measure speed
	@$(BIN)/python tests/bench/run.py $(ARGS)

# One lock for every platform and supported Python, for the extras and the group dev, with hashes and without addresses.
# Pins stay where pyproject.toml allows them; `make lock ARGS=--upgrade` moves them all.
lock: ## write requirements.lock again from pyproject.toml
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	if [ -e requirements.lock ]; then cp requirements.lock "$$tmp/lock"; fi; \
	$(PYTHON) -m venv "$$tmp/venv"; \
	"$$tmp/venv/bin/python" -m pip install -qq --disable-pip-version-check uv; \
	"$$tmp/venv/bin/uv" pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet --cache-dir "$$tmp/cache" \
	  --output-file "$$tmp/lock" $(ARGS); \
	if grep -nE '://|^ *-|(^|[[:space:]])/' "$$tmp/lock" | grep -vE '^[0-9]+: +--hash=sha256:[0-9a-f]{64}( \\)?$$'; then \
	  echo "requirements.lock is left as it was: the new one names an address or a path (above)" >&2; exit 1; \
	fi; \
	cp "$$tmp/lock" requirements.lock; echo "requirements.lock: $$(grep -c == requirements.lock) packages"

# build/ is left alone: a person may have edited what lies there.
clean: ## remove .venv and every cache, but nothing in build/
	@rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src flows tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "teiprep needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "If a newer one is installed, name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@if [ -e $@ ]; then echo "bringing .venv up to date"; else echo "setting up .venv: about a minute the first time"; fi
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $@
