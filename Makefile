# The commands of the course. Each is one line; what it does stands in tools/.
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: help serve book lab pdf offline lesson check test lint links release collect outputs bench measure screenshot clean environment test-environment

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/'

environment:
	@$(PYTHON) tools/bootstrap.py run

test-environment: environment
	@$(PYTHON) tools/bootstrap.py test

serve: environment ## build the course and serve it
	@$(PY) -m tools.serve $(if $(PORT),--port $(PORT))

book: environment ## build the course into _build/site
	@$(PY) -m tools.build

pdf: test-environment ## print the whole book as one PDF, _build/course.pdf
	@$(PY) -m tools.pdf

lab: environment ## open the notebooks in JupyterLab
	@$(PY) -m jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/notebooks \
	  --LabApp.news_url= --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

offline: environment ## pack the course for a class without internet into one archive
	@$(PY) -m tools.offline

links: environment ## list the addresses outside the course and what is due (CHECK=1 asks them all)
	@$(PY) -m tools.links $(if $(CHECK),--check)

release: environment ## write the exercises as nbgrader assignments into _build/release
	@$(PY) -m tools.release

collect: environment ## turn what students hand in (DIR=folder) into a table and a report
	@$(PY) -m tools.collect "$(DIR)"

lesson: environment ## start a new lesson (NAME=15-my-topic)
	@$(PY) -m tools.new_lesson "$(NAME)"

outputs: environment ## re-execute every notebook and store its outputs
	@$(PY) -m tools.outputs

lint: test-environment ## check the code's style and the spelling
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m tools.spelling

test: lint ## run all the tests
	@$(PY) -m tools.test

check: test-environment ## test one lesson only (NAME=15-my-topic)
	@$(PY) -m tools.test --lesson "$(NAME)"

bench: test-environment ## measure how fast Python starts on a page
	@$(PY) -m tools.bench

measure: test-environment ## repeat what the page on running the course reports
	@$(PY) -m tools.grading && $(PY) -m tools.bench_collect && $(PY) -m tools.load

screenshot: test-environment ## take the README's screenshot
	@$(PY) -m tools.screenshot

clean: ## remove what was built (downloads stay in .cache)
	rm -rf _build
