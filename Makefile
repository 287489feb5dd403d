# Every target makes the environment first, if it is not there (upkeep/environment/setup.py).

PYTHON ?= python3
SETUP = $(PYTHON) -I upkeep/environment/setup.py $(if $(filter file,$(origin PYTHON)),,--this-python)
RUN = .venv/bin/python -m

unexport PYTHONPATH PYTHONHOME

.PHONY: help setup lab reproduce refresh test matrix site course assignment slides bench lock zip corpora clean

help:       ## show these lines
	@sed -n 's/^\([a-z]*:\)[^#]*## /make \1	/p' $(firstword $(MAKEFILE_LIST))

setup:
	@$(SETUP)

lab: setup  ## open JupyterLab on your own copies of the notebooks (ARGS="--no-browser --port=9999")
	@$(RUN) upkeep.environment.lab $(ARGS)

reproduce: setup  ## run every notebook again and compare what comes out (N=00: that one; N=mine/00: yours; PACK=file)
	@$(RUN) $(if $(PACK),upkeep.notebooks.packed "$(PACK)" $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(TRUST),--trust),upkeep.notebooks.reproduce $(N))

refresh: setup  ## run every notebook and keep its new outputs (N=00: that one)
	@$(RUN) upkeep.notebooks.refresh $(N)

test: setup  ## run the tests, shared out over the processors (ARGS="-k passages"; ARGS=-n0: in one process)
	@$(RUN) pytest -n logical $(ARGS)

matrix: setup  ## run every notebook on every kind of corpus, some minutes (ARGS="-k 02")
	@$(RUN) pytest -n 2 -m matrix $(ARGS) tests/test_matrix.py

site:       ## make the pages to read of all that is here, in build/site/
	@$(SETUP) --course
	@.venv-course/bin/python -m upkeep.site.build

course: site  ## try pages and assignments: in chromium, and by nbgrader
	@.venv-course/bin/python -m pytest -n logical -m course $(ARGS)

assignment: ## make an assignment of a notebook that grades itself, in build/assignments/ (N=05)
	@$(SETUP) --course
	@.venv-course/bin/python -m upkeep.teaching.assignment $(N)

slides: setup ## make slides of the notebooks, each a file in build/slides/ (N=05: that one)
	@$(RUN) upkeep.teaching.slides $(N)

bench:      ## run the benchmarks in an environment of their own (N=tokens: benchmarks/tokens.py)
	@$(SETUP) --bench
	@set -e; for file in benchmarks/$(or $(N),*).py; do echo "== $$file"; \
	    TQDM_DISABLE=1 OPENBLAS_NUM_THREADS=1 .venv-bench/bin/python $$file; done

lock: setup  ## choose the versions anew (ARGS=--upgrade), and write environment.yml
	@set -e; lock() { .venv/bin/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes \
	    --custom-compile-command "make lock" $(ARGS) pyproject.toml "$$@"; }; \
	lock --group dev --output-file requirements.lock; \
	for more in bench course; do \
	    lock --group dev --group $$more --constraints requirements.lock --output-file requirements-$$more.lock; done
	@$(RUN) upkeep.environment.conda

zip:        ## all of this as one file, for those without git: build/passages.zip
	@mkdir -p build && git archive --format=zip --prefix=passages/ --output=build/passages.zip HEAD
	@echo "build/passages.zip: unpack it, then python3 -m upkeep.lab in the folder"

corpora: setup  ## compile the texts and keys of our own corpora from their sources (N=standoff: that one)
	@$(RUN) upkeep.corpora.planted $(N)

clean:      ## delete what was generated, never your own notebooks or corpus
	rm -rf .venv .venv-bench .venv-course .venv*.lock .venv*-being-deleted *.egg-info build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .coverage* .hypothesis
	find upkeep utils tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
