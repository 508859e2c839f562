"""Writes into the wheel the checksums of its files that are neither code nor in the index.

An editable install has no such list: whoever edits a catalogue need not renew it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE = "ct_trafficking_resources/"


class Checksums(BuildHookInterface[Any]):
    """The hook, which hatchling finds by the name of this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the list and put it into the wheel."""
        if version == "editable":
            return
        source = Path(self.root, "src")
        sys.path.insert(0, str(source))
        from ct_trafficking_resources.edition import storage

        index = json.loads((source / _PACKAGE / "data/index.json").read_bytes())
        by_release = {"index.json", *index["files"]}
        by_release |= {f"editions/{edition['number']}.json" for edition in index["editions"]}
        files = {
            file.distribution_path.replace(os.sep, "/").removeprefix(_PACKAGE): Path(file.path)
            for file in self.build_config.builder.recurse_included_files()
            if not file.distribution_path.endswith(".py")
        }
        document = {
            "files": {
                name: storage.checksum(path.read_bytes())
                for name, path in sorted(files.items())
                if name.removeprefix("data/") not in by_release
            }
        }
        self._folder = TemporaryDirectory()
        path = Path(self._folder.name, storage.LIST)
        path.write_bytes(storage.write_guarded(document))
        build_data["force_include"][str(path)] = f"{_PACKAGE}data/{storage.LIST}"

    def finalize(
        self,
        version: str,
        build_data: dict[str, Any],  # noqa: ARG002 - hatchling calls it so
        artifact_path: str,  # noqa: ARG002 - as above
    ) -> None:
        """Take away the file that was put into the wheel."""
        if version != "editable":
            self._folder.cleanup()
