# Two commands for newcomers: `make demo` and `make test`. All others are for who changes the code.
PY ?= python3
V := .venv/bin
# Tests run on this many processes; two suit a laptop.
JOBS ?= 2
export PYTHONUNBUFFERED := 1

.PHONY: help demo test check lint proof bench lock messages format clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 12

demo: .venv/.ready ## Simpul with an example office on http://127.0.0.1:8000
	@$(V)/simpul demo $(DEMO)

test: .venv/.ready-dev ## what a developer needs to trust a change (also on PostgreSQL where DATABASE_URL names one)
	PYTHONDONTWRITEBYTECODE= $(V)/python -m pytest -q -n $(JOBS) -m "not slow and not browser"

check: .venv/.ready-dev ## all that must hold before each commit: lint and test, side by side
	$(MAKE) --no-print-directory -j 2 lint test

lint: .venv/.ready-dev ## format, lint, types, layers, templates, limits, catalogue, texts
	$(V)/ruff format --check .
	$(V)/ruff check .
	$(V)/mypy simpul
	$(V)/lint-imports
	$(V)/djlint simpul --lint --quiet
	$(V)/python tools/limits.py
	$(V)/python tools/messages.py --check
	$(V)/simpul check --catalogue --language en

proof: .venv/.ready-dev ## the long proofs and the pages in a real browser
	$(V)/python -m pytest -q -n $(JOBS) --dist loadgroup -m "slow or browser"

bench: .venv/.ready-bench ## how fast judging and pages are, side by side with others (small; all others: benchmarks/README.md)
	$(V)/python -m benchmarks.interview_step
	$(V)/python -m benchmarks.single_judge
	$(V)/python -m benchmarks.population
	$(V)/python -m benchmarks.pages

lock: .venv/.ready-dev ## write the hashed locks anew from pyproject.toml
	$(V)/python tools/lock.py

messages: .venv/.ready-dev ## gather the Indonesian texts for translation and compile them
	$(V)/python tools/messages.py

format: .venv/.ready-dev ## put the code into shape
	$(V)/ruff format .
	$(V)/ruff check --fix .

clean: ## remove the environment; the data folder stays
	rm -rf .venv

# --- The environment: everything from hashed locks, nothing else ---
# uv is quick but not needed: where it cannot reach the packages, pip, which knows the machine's own settings, does it.
install = { $(V)/uv pip sync -q --system-certs --python $(V)/python --require-hashes $(1) 2>.venv/uv.log \
	  || $(V)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(1); } \
	&& $(V)/python tools/link.py

.venv/bin/uv: tools.lock
	@$(PY) -c 'import sys; sys.exit("Simpul needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	@echo "Preparing Python packages in .venv (once, about half a minute) ..."
	@test -x $(V)/python || $(PY) -m venv .venv \
	  || { echo "Please install venv first: apt install python3-venv" >&2; exit 1; }
	@$(V)/python -m pip install -q --disable-pip-version-check --require-hashes -r tools.lock
	@touch $@

# A developer's environment holds everything that running needs.
.venv/.ready: requirements.lock .venv/bin/uv tools/link.py
	@if test .venv/.ready-dev -nt requirements.lock; then $(V)/python tools/link.py; \
	else rm -f .venv/.ready-dev .venv/.ready-bench; $(call install,requirements.lock); fi
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/bin/uv tools/link.py
	@echo "Preparing the developer's packages ..."
	@rm -f .venv/.ready-bench
	@$(call install,requirements-dev.lock)
	@touch $@ .venv/.ready

.venv/.ready-bench: requirements-bench.lock .venv/.ready-dev
	@$(call install,requirements-bench.lock)
	@touch $@
