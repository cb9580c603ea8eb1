# make run      a bare machine to a running page: git, make and Python >= 3.11 are enough (PORT=8080)
# make install  .venv with what tests and checks need too
# make test     unit, contract, integration and acceptance tests
# make check    format, lint, types, import contracts
# make bench    measures, as ratios to a limit measured in the same run
# make soak     what takes minutes: long loads, repeated kills
# make lock     pins what pyproject.toml asks for, keeping present pins; UPGRADE=1 moves to the newest
# make clean    removes .venv and caches; data stays

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: install run test check bench soak lock clean

# Tests start the program hundreds of times: it would be compiled anew each time.
unexport PYTHONDONTWRITEBYTECODE

bin := .venv/bin
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
pip_install := $(bin)/python -m pip install --quiet --disable-pip-version-check
editable := $(pip_install) --no-deps --no-build-isolation --editable .
# A service's user often may not write here: what is compiled now need not be at each start.
compiled := $(bin)/python -m compileall -q bot handlers storage config

run: .venv/.running-installed
	exec $(bin)/filrouge run

install: .venv/.installed

# One process for each core; each takes over what the others have not come to.
test: .venv/.installed
	$(bin)/pytest --numprocesses auto --dist worksteal

check: .venv/.installed
	$(bin)/ruff format --check
	$(bin)/ruff check
	$(bin)/mypy
	$(bin)/lint-imports

bench: .venv/.installed
	$(bin)/python -m tests.bench

soak: .venv/.installed
	$(bin)/pytest tests/soak

# The first Python that is recent enough; PYTHON=... chooses one.
.venv/bin/python:
	@for candidate in $(or $(PYTHON),$(PYTHONS)); do \
	  $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  echo "Building .venv with $$($$candidate --version)"; \
	  $$candidate -m venv --clear .venv && exit 0; \
	  rm -rf .venv; \
	  echo "$$candidate cannot build a virtual environment: install its venv module (Debian: python3-venv)." >&2; \
	  exit 1; \
	done; \
	echo "Fil Rouge needs Python 3.11 or newer, and none of these is: $(or $(PYTHON),$(PYTHONS))." >&2; \
	exit 1

# Order-only on the interpreter: a newer system Python must not reinstall anything.
.venv/.running-installed: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing what running needs (about a minute the first time)"
	$(pip_install) --require-hashes --requirement requirements/run.txt
	$(editable)
	$(compiled)
	@touch $@

# dev.txt holds all that run.txt holds, at the same versions.
.venv/.installed: requirements/dev.txt pyproject.toml | .venv/bin/python
	@echo "Installing what running, tests and checks need (about a minute the first time)"
	$(pip_install) --require-hashes --requirement requirements/dev.txt
	$(editable)
	$(compiled)
	@touch .venv/.running-installed $@

compile = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --no-annotate $(if $(UPGRADE),--upgrade)

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on PATH (pip install uv)." >&2; exit 1; }
	$(compile) --group build --group dev --output-file requirements/dev.txt
	$(compile) --group build --constraint requirements/dev.txt --output-file requirements/run.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find bot handlers storage config tests -name __pycache__ -type d -prune -exec rm -rf {} +
