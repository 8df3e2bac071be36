# make demo     install, run the bundled scenario, say where its report is
# make test     lint and the test suite
# make verify   long studies against theory, published numbers and the readable twin
# make bench    benchmarks
# make fuzz     inputs broken at random, 100,000 of them (CASES=)
# make docs     the documentation, into docs/_build/html
# make lint     ruff, mypy
# make format   let ruff arrange the code
# make clean    remove what was made (make clean-all: the virtual environment too)

PYTHON ?= python3
WORKERS ?= 2
CASES ?= 100000
VENV := .venv
BIN := $(VENV)/bin
DEMO := iran-june-2025

.PHONY: demo test verify bench fuzz docs lint format clean clean-all

demo: $(VENV)/.installed
	$(BIN)/escalade run $(DEMO) --out $(DEMO).run
	@echo "Report: $(CURDIR)/$(DEMO).run/report.html"

test: lint
	$(BIN)/python -m pytest -n $(WORKERS)

verify: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) -m verify

bench: $(VENV)/.installed-dev
	$(BIN)/python -m pytest benchmarks -o addopts="--strict-markers --strict-config --import-mode=importlib"

fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m verification.fuzz --cases $(CASES) --workers $(WORKERS)

docs: $(VENV)/.installed-dev
	$(BIN)/python -m tools.static_labs docs/_build/runs docs/_build/html/labs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "Documentation: $(CURDIR)/docs/_build/html/index.html"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf build dist docs/_build $(DEMO).run .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean
	rm -rf $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "escalade needs Python 3.11 or later: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
