"""Keep the web's picture of our HTTP API equal to the code: web/openapi.json and its types.

Usage: api.py update | check
"""

import subprocess
import sys
from pathlib import Path

from scripts import web

DESCRIPTION = web.WEB / "openapi.json"
STALE = "The web's API types are older than the code. Run `make api` and commit the result."


def described_by_code() -> str:
    besedka = Path(sys.executable).with_name("besedka")
    return subprocess.run(
        [str(besedka), "openapi"], cwd=web.ROOT, check=True, capture_output=True, text=True
    ).stdout


def main() -> None:
    web.install()
    match sys.argv[1:]:
        case ["update"]:
            DESCRIPTION.write_text(described_by_code())
            sys.exit(web.npm("run", "--silent", "api"))
        case ["check"]:
            if not DESCRIPTION.is_file() or DESCRIPTION.read_text() != described_by_code():
                sys.exit(STALE)
            if web.npm("run", "--silent", "api:check"):
                sys.exit(STALE)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
