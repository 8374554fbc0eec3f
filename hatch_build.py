"""Build hook: put the built web app into the wheel."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuild(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install serves what `make web` built; rebuilding there would cost a minute.
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        if not (root / "web" / "package.json").is_file():
            return
        sys.path.insert(0, str(root))
        from scripts.web import build

        build()
