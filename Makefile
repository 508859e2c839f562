# The same commands as in README.md, for those who type make.
.PHONY: card test check slow
card:
	python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/ct-resources
test:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest -q -n auto
check:
	.ci/run
# What neither of them runs: the tests marked `slow`. Needs `make test` first.
slow:
	.venv/bin/python -m pytest -q -m slow --timeout=0 --durations=0
