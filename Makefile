# make papers   sets up what is missing, then builds the newest meeting into output/
# make check    sets up what is missing, then runs lint, types and the quick tests: before a commit
# make test     sets up what is missing, then runs every check and test
# make fuzz     tries many random examples of each kind of input
# make bench    sets up what is missing, then measures papergen beside other tools: docs/performance.md
# make pins     takes the newest releases into constraints.txt (for maintainers; needs uv)

PYTHON ?= python3
export PYTHON

# The first interpreter that is recent enough.
define find_python
for python in "$$PYTHON" python3.14 python3.13 python3.12 python3.11; do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	python=; \
done; \
if [ -z "$$python" ]; then \
	found=$$("$$PYTHON" --version 2>/dev/null) || found="not there"; \
	echo "papergen needs Python 3.11 or later, and $$PYTHON is $$found." >&2; \
	echo "On Debian 12 or later install python3; or name another one: make papers PYTHON=/path/to/python3" >&2; \
	exit 1; \
fi
endef

# Compiled modules are kept even where the environment says otherwise: the tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: papers check test fuzz bench pins

papers:
	@$(find_python); "$$python" tools/set_up.py
	.venv/bin/papergen build

PYTEST = .venv/bin/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: set-up-tests lint types quick
set-up-tests:
	@$(find_python); "$$python" tools/set_up.py --tests

lint: set-up-tests
	.venv/bin/ruff check
	.venv/bin/ruff format --check

types: set-up-tests
	.venv/bin/mypy

quick: set-up-tests
	$(PYTEST) -m "not slow" --durations=5 --durations-min=1

# Side by side, and each told whole when it is done.
check:
	@$(MAKE) --no-print-directory --jobs --keep-going --output-sync=target lint types quick

test: lint types
	$(PYTEST) --durations=25

fuzz: set-up-tests
	PAPERGEN_FUZZ=500 $(PYTEST) -m "hypothesis or hour"

bench:
	@$(find_python); "$$python" tools/set_up.py
	.venv/bin/python tools/benchmark.py

pins:
	uv pip compile pyproject.toml --extra dev --extra bench --extra serve --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-header --no-annotate --quiet --output-file constraints.txt
