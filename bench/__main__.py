"""python -m bench NAME [options]: each module of this package is one measurement."""

import importlib
import pkgutil
import sys

import bench


def main(arguments: list[str]) -> int:
    names = sorted(
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if not module.name.startswith("_")
    )
    if not arguments or arguments[0] not in names:
        print("usage: python -m bench {" + ",".join(names) + "} [--json]", file=sys.stderr)
        return 2
    measure = importlib.import_module(f"bench.{arguments[0]}")
    status: int = measure.main(arguments[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
