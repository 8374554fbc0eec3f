"""Write a revision that brings the newest one to what the models say.

Usage: python -m besedka.migrations "Add the column contacts.note."
"""

import asyncio
import sys
import tempfile

from besedka.core.db import schema


def main() -> None:
    match sys.argv[1:]:
        case [message]:
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite+aiosqlite:///{folder}/besedka.db"
                asyncio.run(schema.write_revision(url, message))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
