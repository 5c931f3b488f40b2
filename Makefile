# Two commands matter: `make demo` and `make test`. Both set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: setup demo serve test quick lint check lock clean

setup: $(STAMP)

# The lock pins every package with its hashes; the project itself is then installed in place, which runs the front-end build.
$(STAMP): requirements.lock pyproject.toml package-lock.json hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Slugline needs Python 3.11 or newer; try: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: setup
	$(BIN)/slugline demo

serve: setup
	$(BIN)/slugline serve --home demo-studio

test: setup
	$(BIN)/python -m pytest -n auto

quick: setup
	$(BIN)/python -m pytest -m "not slow and not browser" -q

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

check: lint quick

# Needs uv; writes hashes and names no index.
lock:
	uv pip compile pyproject.toml --extra offline --extra scratch --extra dev --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf $(VENV) node_modules web/static/vendor render/vendor demo-studio
