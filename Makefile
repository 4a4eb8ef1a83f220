# Everything here needs Python 3.11 or newer and make, nothing else.
# Choose a Python with `make run PYTHON=python3.12`.

.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
VERSION := import sys; print("%d.%d" % sys.version_info[:2])

# The first of these that runs and is new enough (a name that is found may still refuse to run).
ifdef PYTHON
# Asked for by name: a .venv of another version is made anew.
$(shell [ ! -x $(BIN)/python ] || $(BIN)/python -c '$(VERSION)' | grep -qxF "$$($(PYTHON) -c '$(VERSION)')" \
	|| rm -f $(VENV)/.runtime $(VENV)/.dev $(VENV)/.bench)
else
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && exit; \
	done; \
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo python3)
endif

.PHONY: help install run test check fmt bench lock clean docs pictures

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

install: $(VENV)/bin/kept ## Install what is needed to run it, and the command .venv/bin/kept

run: $(VENV)/.runtime ## Start the rehearsal: a browser chat with Company X, no account needed
	@exec $(BIN)/python -m bot serve

# Modules are compiled once, not once a process, even where the environment asks for no compiled files:
# the run has two workers and starts the bot a dozen times.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.dev ## Run the tests (ARGS="-k calendars" for some of them)
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal $(ARGS)

check: $(VENV)/.dev ## Check format, lint, types, import contracts and docs, all of them before it fails
	@failed=; \
	for step in "ruff format --check ." "ruff check ." "mypy" "lint-imports --no-logo" \
		"pytest -q tests/docs/test_links.py tests/docs/test_glossary.py tests/docs/test_architecture.py"; do \
		echo "== $$step"; $(BIN)/$$step || failed="$$failed, $${step%% *}"; \
	done; \
	[ -z "$$failed" ] || { echo "== failed: $${failed#, }"; exit 1; }

fmt: $(VENV)/.dev ## Format the code and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench ## Measure against peers: a table of ratios with a bar for each
	@$(BIN)/python -m tests.bench $(ARGS)

lock: $(VENV)/.dev ## Write requirements/*.txt from pyproject.toml (ARGS=--upgrade for newer versions)
	$(call compile,runtime,)
	$(call compile,dev,--group dev -c requirements/runtime.txt)
	$(call compile,bench,--group dev --group bench -c requirements/dev.txt)

docs: $(VENV)/.dev ## Write what documents take from the code: glossary, commands, an agreement's keys and schema, floors
	@$(BIN)/python -m tests.docs.glossary
	@$(BIN)/python -m tests.docs.commands
	@$(BIN)/python -m tests.docs.templates
	@$(BIN)/python -m tests.docs.agreements
	@$(BIN)/python -m tests.docs.architecture

pictures: $(VENV)/.dev ## Draw the guide's pictures anew, with Chromium and npm (ARGS="slack-home room" for some)
	@$(BIN)/python -m tests.docs.pictures $(ARGS)

clean: ## Remove what was installed, built and remembered by tools; data under var/ stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One lock for every system and for Python 3.11 and newer; hashes yes, addresses of registries no.
define compile
	@echo "Locking requirements/$(1).txt"
	@$(BIN)/uv pip compile pyproject.toml $(2) --output-file requirements/$(1).txt --quiet --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" $(ARGS)
endef

# A stamp per lock: installed once, and again when the lock is newer. Each lock contains the one
# before it, with the same versions.
$(VENV)/.runtime: requirements/runtime.txt
	$(call install,runtime,to run)

$(VENV)/.dev: requirements/dev.txt
	$(call install,dev,to test and check)
	@touch $(VENV)/.runtime

$(VENV)/.bench: requirements/bench.txt
	$(call install,bench,to measure)
	@touch $(VENV)/.runtime $(VENV)/.dev

# The command, from wherever it is typed: settings and a relative database are seen from there.
$(VENV)/bin/kept: $(VENV)/.runtime
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/$(BIN)/python" -P -m bot "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $@
	@chmod +x $@
	@echo "$@ is installed; \`. $(BIN)/activate\` puts it on the PATH."

define install
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is needed: install it (on Debian: apt-get install python3 python3-venv), then run make again."; \
		exit 1; fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is needed: install it (on Debian: apt-get install python3-venv), then run make again."; \
		exit 1; }
	@[ "$$($(BIN)/python -c '$(VERSION)' 2>/dev/null)" = "$$($(PYTHON) -c '$(VERSION)')" ] || { \
		echo "Making $(VENV) with $$($(PYTHON) --version)"; \
		rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@echo "Installing what is needed $(2) (requirements/$(1).txt); the first time takes a minute"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	@touch $@
endef
