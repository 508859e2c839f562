"""The command line, called as a function."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from ct_trafficking_resources import cli

if TYPE_CHECKING:
    from collections.abc import Callable


class Result(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run ``ct-resources`` with arguments; give its exit status and what it printed."""

    def run(*arguments: str) -> Result:
        with pytest.raises(SystemExit) as caught:
            cli.main(list(map(str, arguments)))
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(caught.value.code, captured.out, captured.err)  # type: ignore[arg-type]

    return run
