# The commands of the course. Each is one line; what it does stands in tools/.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python

.PHONY: help serve book lab pdf offline lesson check test lint links release collect outputs bench measure screenshot clean environment test-environment

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/'

environment:
	@$(PYTHON) tools/bootstrap.py run

test-environment: environment
	@$(PYTHON) tools/bootstrap.py test

serve: environment ## build the course and serve it
	@$(PY) -m tools.site.serve $(if $(PORT),--port $(PORT))

book: environment ## build the course into _build/site
	@$(PY) -m tools.site.build

pdf: test-environment ## print the whole book as one PDF, _build/course.pdf
	@$(PY) -m tools.editions.pdf

lab: environment ## open the notebooks in JupyterLab
	@$(PY) -m jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/notebooks \
	  --LabApp.news_url= --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

offline: environment ## pack the course for a class without internet into one archive
	@$(PY) -m tools.editions.offline

links: environment ## list the addresses outside the course (CHECK=1 asks them all)
	@$(PY) -m tools.authoring.links $(if $(CHECK),--check)

release: environment ## write the exercises as nbgrader assignments into _build/release
	@$(PY) -m tools.classroom.release

collect: environment ## turn what students hand in (DIR=folder) into a table and a report
	@$(PY) -m tools.classroom.collect "$(DIR)"

lesson: environment ## start a new lesson (NAME=15-my-topic)
	@$(PY) -m tools.authoring.new_lesson "$(NAME)"

outputs: environment ## re-execute every notebook and store its outputs
	@$(PY) -m tools.content.outputs

lint: test-environment ## check the code's style and the spelling
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(BIN)/lint-imports --no-logo && $(PY) -m tools.authoring.spelling

test: lint ## run all the tests
	@$(PY) -m tools.authoring.test

check: test-environment ## test one lesson only (NAME=15-my-topic)
	@$(PY) -m tools.authoring.test --lesson "$(NAME)"

bench: test-environment ## measure how fast Python starts on a page
	@$(PY) -m tools.measure.bench

measure: test-environment ## repeat what the page on running the course reports
	@$(PY) -m tools.classroom.grading && $(PY) -m tools.classroom.bench_collect && $(PY) -m tools.measure.load

screenshot: test-environment ## take the README's screenshot
	@$(PY) -m tools.measure.screenshot

clean: ## remove what was built (downloads stay in .cache)
	rm -rf _build
