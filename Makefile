# Needs Python >= 3.11, git and make. Everything else is installed into .venv/<python version>,
# from requirements/, the first time that a target needs it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# A name in the PATH may be a shim that fails, so each candidate is run.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
# Asked for once; "none" where there is no such Python, and make setup says so.
override PYTHON := $(or $(PYTHON),none)
VERSION := $(or $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null),none)
PINS := requirements/$(if $(filter 3.11,$(VERSION)),py311,py312).txt
VENV := .venv/$(VERSION)
BIN := $(CURDIR)/$(VENV)/bin
PY := "$(BIN)/python"
LINK := .collections/ansible_collections/wellarchitected/webapp
STACK ?= as_reviewed
SCENARIO ?=
PYTEST ?=
JOBS ?= 2
# Each file of these tests is one account, so a file stays with one process.
INTEGRATION ?= tests/integration

export PATH := $(BIN):$(PATH)
export ANSIBLE_CONFIG := $(CURDIR)/ansible.cfg
export ANSIBLE_HOME := $(CURDIR)/.cache/ansible
export PYTHONPYCACHEPREFIX :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONPATH VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.PHONY: help setup path python demo test lint unit sanity units integration molecule soak bench docs build changelog \
	galaxy-import pins local-aws-up local-aws-load local-aws-down clean distclean

# For eval, so quoted as this shell will read it.
export_path = printf 'export PATH=%q:"$$PATH"\n' "$(BIN)"

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  PYTHON=python3.13 chooses a Python, PYTEST='-k name' goes to pytest, STACK=name to local-aws-load,"
	@echo "  SCENARIO='edge site' to molecule."

setup: ## Install the pinned tools into .venv and link this tree as a collection
	@scripts/setup.sh "$(PYTHON)" "$(VENV)" "$(PINS)" "$(LINK)"
	@$(if $(filter setup,$(MAKECMDGOALS)),echo "Put ansible-playbook on the PATH of this shell:" && $(export_path))

path: ## Print the line that puts ansible-playbook on the PATH, for eval
	@test -x "$(BIN)/ansible-playbook" || { echo "$(VENV) is not there: make setup" >&2; exit 1; }
	@$(export_path)

python: ## Print the Python that is used
	@echo "$(PYTHON)"

demo: setup ## Review, harden and review again a stack on this machine, with no AWS account
	@$(PY) scripts/demo.py

# The first two take one core each.
test: setup ## Every gate, in order: lint with sanity, unit, units, integration, molecule
	@scripts/timed.sh "$(MAKE)" lint,sanity unit units integration molecule

lint: setup ## ruff, mypy, yamllint, ansible-lint, shellcheck, documentation and changelog
	@ruff check .
	@ruff format --check .
	@mypy
	@yamllint --strict .
	@shellcheck .ci/run scripts/*.sh
	@ansible-lint --offline
	@scripts/docs.sh lint
	@antsibull-changelog lint

unit: setup ## Unit and contract tests
	@$(PY) -m pytest -n $(JOBS) tests/unit tests/contracts $(PYTEST)

sanity: setup ## ansible-test sanity, from a copied tree
	@scripts/ansible_test.sh sanity --color no

# What ansible-test adds is of use to plugins only: a process for each test, and modules that see no more of Ansible
# than module_utils.
units: setup ## The unit tests of the plugins under ansible-test, from a copied tree
	@scripts/ansible_test.sh units --color no --num-workers $(JOBS) tests/unit/plugins/

# Contract tests demand the tests of what exists, so an absent folder can only be one that nothing needs yet. A process
# more than JOBS, as some wait for an AWS that is slow.
integration: setup ## Tests against local_aws
	@$(PY) -m pytest -n $$(($(JOBS) + 1)) --dist loadfile --no-loadscope-reorder $(INTEGRATION) $(PYTEST)

molecule: setup ## Every molecule scenario, each on a local_aws of its own
	@scripts/molecule.sh $(JOBS) $(SCENARIO)

soak: setup ## site.yml on an account as slow as AWS, with every single call failing, killed after each change (hours)
	@$(PY) -m pytest -v tests/soak $(PYTEST)

bench: setup ## Measure the review and a no-op converge against their bars
	@$(PY) tests/bench/run.py

docs: setup ## Render the documentation of modules and roles into .cache/docs
	@scripts/docs.sh render

build: setup ## Build the collection's archive into .cache/build
	@mkdir -p .cache/build && ansible-galaxy collection build --force --output-path .cache/build .

changelog: setup ## Write this version's fragments and new modules into CHANGELOG.md
	@antsibull-changelog release --reload-plugins --update-existing

galaxy-import: build ## Galaxy's own importer over the built archive (optional: installs into a venv of its own)
	@scripts/galaxy_import.sh "$(PYTHON)"

pins: ## Resolve requirements/dev.in again into the pins of this Python
	@scripts/pins.sh "$(PYTHON)" "$(PINS)"

local-aws-up: setup ## Start the embedded AWS in the background
	@$(PY) -m local_aws up
	@printf 'Point the AWS clients of this shell to it:\neval "$$(%q -m local_aws env)"\n' $(PY)

local-aws-load: setup ## Load a stack into it (STACK=as_reviewed)
	@$(PY) -m local_aws load --stack $(STACK)

local-aws-down: setup ## Stop it
	@$(PY) -m local_aws down

clean: ## Remove what tests, builds and runs made; keeps .venv
	@rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .ansible tests/output tests/bench/output reports changelogs/.plugin-cache.yaml
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

distclean: clean ## And .venv and the link
	@rm -rf .venv .collections
