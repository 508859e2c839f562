# The same commands as in README.md, for those who type make.
.PHONY: card test check
card:
	python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/ct-resources
test:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest -q -n auto
check:
	.ci/run
