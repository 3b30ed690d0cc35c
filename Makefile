# The commands of the course: one line each on top of `python3 -m tools`, which works without make.
PYTHON ?= python3
RUN := @$(PYTHON) -m tools

.PHONY: help serve book lab pdf handouts offline lesson sources numbers translate check test lint links key release collect outputs map used bench measure screenshot clean

help:
	$(RUN) --help
serve:
	$(RUN) serve $(if $(PORT),--port $(PORT))
book:
	$(RUN) book
pdf:
	$(RUN) pdf
handouts:
	$(RUN) handouts
lab:
	$(RUN) lab
offline:
	$(RUN) offline
links:
	$(RUN) links
key:
	$(RUN) key
release:
	$(RUN) release
collect:
	$(RUN) collect "$(DIR)" $(if $(OUT),--out "$(OUT)") $(if $(DUE),--due "$(DUE)") $(if $(ROSTER),--roster "$(ROSTER)") $(if $(ANONYMOUS),--anonymous)
lesson:
	$(RUN) lesson "$(NAME)"
outputs:
	$(RUN) outputs
sources:
	$(RUN) sources
translate:
	$(RUN) translate $(or $(DO),status) $(NAME)
numbers:
	$(RUN) numbers "$(NAME)"
lint:
	$(RUN) lint
test:
	$(RUN) test
check:
	$(RUN) check "$(NAME)"
map:
	$(RUN) map
used:
	$(RUN) used
bench:
	$(RUN) bench
measure:
	$(RUN) measure
screenshot:
	$(RUN) screenshot
clean:
	rm -rf _build
