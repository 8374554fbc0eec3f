"""Figures out of many measurements."""

from collections.abc import Iterable


def quantile(values: Iterable[float], part: float) -> float:
    """The value that `part` of the values do not exceed. Needs at least one."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
