"""How near two places are: by the codes of their regions, and in a straight line."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0088

Position = tuple[float, float]


@lru_cache(maxsize=1 << 16)  # many services stand in few villages
def shared_depth(first: str, second: str) -> int:
    """How many levels two codes of regions share: 0 none, 1 the province, to 4 the village."""
    depth = 0
    for one, other in zip(first.split("."), second.split("."), strict=False):
        if one != other:
            break
        depth += 1
    return depth


def kilometres(first: Position, second: Position) -> float:
    """The great circle between two positions in degrees (latitude, longitude), by the haversine formula."""
    latitudes = radians(first[0]), radians(second[0])
    across, along = latitudes[1] - latitudes[0], radians(second[1] - first[1])
    half = sin(across / 2) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(along / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
