# Weekly situation reports. `make` lists what there is.
SHELL := /bin/sh

# What is given (WEEK=2021-W23) reaches a program as it stands: no shell reads it as a command.
VARIABLES := WEEK FROM TO DATA PROFILE SHEET LANGS AREA EDITION OUT JOBS SCHEDULER
$(foreach name,$(VARIABLES),$(eval override $(name) := $$(value $(name))))
export $(VARIABLES)
DATA_OPTIONS = $${DATA:+--data="$$DATA"} $${PROFILE:+--profile="$$PROFILE"} $${SHEET:+--sheet="$$SHEET"}
REPORT_OPTIONS = $${LANGS:+--langs="$$LANGS"} $${AREA:+--area="$$AREA"} $${EDITION:+--edition="$$EDITION"}
OPTIONS = $(DATA_OPTIONS) $(REPORT_OPTIONS) $${OUT:+--out="$$OUT"}

# An active conda environment made from environment.yml is used; else .venv, from the lock.
CONDA := $(if $(CONDA_PREFIX),$(shell cd / && "$$CONDA_PREFIX/bin/python" -c "import sitrep" 2>&- && echo yes))
PYTHON := $(if $(CONDA),"$$CONDA_PREFIX/bin/python",.venv/bin/python)
READY := $(if $(CONDA),,.venv/.installed)
TESTED := $(if $(CONDA),,.venv/.with-tests)
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
INSTALL := $(if $(and $(UV),$(READY)),uv pip install --python .venv/bin/python --compile-bytecode,$(PYTHON) -m pip install)
export PYTHONPATH :=

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)$$/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | while \
	IFS="$$(printf '\t')" read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

report: $(READY) ## one week as HTML and PDF: make report WEEK=2021-W23 (without WEEK the latest)
	@$(PYTHON) -m sitrep report $(OPTIONS) $${WEEK:+-- "$$WEEK"}

reports: $(READY) ## many weeks, in parallel: make reports FROM=2021-W01 TO=2021-W23
	@$(PYTHON) -m sitrep reports $(OPTIONS) $${JOBS:+--jobs="$$JOBS"} $${SCHEDULER:+--scheduler="$$SCHEDULER"} -- "$$FROM..$$TO"

publish: $(READY) ## freeze a reviewed issue, to compare later ones with: make publish WEEK=2021-W23
	@$(PYTHON) -m sitrep publish $(OPTIONS) -- "$$WEEK"

quality: $(READY) ## how far the data of a week can be trusted: make quality WEEK=2021-W23
	@$(PYTHON) -m sitrep quality $(OPTIONS) $${WEEK:+-- "$$WEEK"}

profile: $(READY) ## the draft of a profile for a CSV of any layout: make profile DATA=my.csv
	@$(PYTHON) -m sitrep profile $${DATA:+--data="$$DATA"} $${SHEET:+--sheet="$$SHEET"} $${OUT:+--out="$$OUT"}
check: $(READY) ## what is wrong with the data, row by row: make check DATA=data/incidents.csv
	@$(PYTHON) -m sitrep check $(DATA_OPTIONS)

explore: $(READY) ## JupyterLab on the exploring notebook: make explore
	@$(PYTHON) -m sitrep explore

test: $(TESTED) ## style, types and all tests: make test
	$(PYTHON) -m ruff check && $(PYTHON) -m ruff format --check && $(PYTHON) -m mypy
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

golden: $(TESTED) ## write the golden files of the tests anew; read them before you keep them: make golden
	$(PYTHON) -m pytest --golden

bench: $(READY) ## speed against the ordinary way, side by side: make bench
	$(INSTALL) -q -r benchmarks/requirements.txt && $(PYTHON) -m benchmarks

translations: $(TESTED) ## bring the catalogues of other languages up to date: make translations
	$(PYTHON) scripts/translations.py

lock: ## pin what pyproject.toml asks for, with hashes (needs uv): make lock
	for file in requirements.lock 'tests/requirements.lock --group dev -c requirements.lock'; do \
	echo 'setuptools>=77' | uv pip compile -q --universal --generate-hashes --python-version 3.11 \
	--no-header pyproject.toml - -o $$file || exit; done

clean: ## remove the environment and what was kept from reading; reports stay: make clean
	rm -rf .venv .sitrep build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.installed: requirements.lock pyproject.toml
	@echo "Setting up the environment in .venv; later runs use it as it is."
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "sitrep: python3 has to be Python 3.11 or later"; exit 1; }
	@$(if $(UV),,python3 -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "sitrep: python3 lacks venv: apt install python3-venv (Debian, Ubuntu)"; exit 1; })
	rm -f $@; $(if $(UV),uv venv -q --allow-existing --python "$$(command -v python3)",python3 -m venv) .venv
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@.venv/bin/python -m compileall -q sitrep; touch $@
.venv/.with-tests: tests/requirements.lock .venv/.installed
	$(INSTALL) --require-hashes -r $< && touch $@

.PHONY: help report reports publish quality profile check explore test golden bench translations lock clean
