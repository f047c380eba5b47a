# make serve | test | everyone | lint | check | bench | corpus | fuzz | faults | hostile | format | clean        (docs/tour.md, docs/testing.md)
SHELL := /bin/bash
PYTHON_HERE := .venv/bin/python
.PHONY: serve test everyone lint check bench corpus fuzz faults hostile format clean

# PORT (default 8000, the next free one if taken), HOST (default 127.0.0.1)
serve:
	@scripts/setup requirements.txt && exec $(PYTHON_HERE) manage.py serve

# make test ARGS="tests/library -k shelf"
test:
	@scripts/test $(ARGS)

# Every page in every theme with all rules of access, and at every width (docs/testing.md)
everyone:
	@EVERYONE=all scripts/test tests/browser/test_everyone.py -n 0 $(ARGS)

lint:
	@scripts/lint

check: lint test

bench:
	@scripts/setup requirements-dev.txt && exec $(PYTHON_HERE) -m bench $(ARGS)

# Every layout by every producer, many layouts nobody wrote down, and a table of whole issues (docs/testing.md)
corpus:
	@CORPUS=full scripts/test tests/corpus $(ARGS) && $(PYTHON_HERE) -m tests.corpus score

# Minutes of requests that the API's description allows and forbids (docs/testing.md)
fuzz:
	@FUZZ=large scripts/test tests/api/test_fuzz.py -n 0 -s $(ARGS)

# Whole sites whose processes, databases and disks fail, and bugs planted in a copy that the proofs must see (docs/testing.md)
faults:
	@FAULTS=yes scripts/test tests/faults -n 0 $(ARGS)

# Every hostile case of the house's list, and files made to break the reader
hostile:
	@scripts/setup requirements-dev.txt && scripts/test $$($(PYTHON_HERE) -m tests.hostile_cases) tests/ingest_guard tests/test_hostile_cases.py $(ARGS)

format:
	@scripts/setup requirements-dev.txt && $(PYTHON_HERE) -m ruff format . && $(PYTHON_HERE) -m ruff check --fix .

# Keeps var/: it holds the database, the files and the secret key.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
