"""Build the shapes of countries that the pages draw maps with, from Natural Earth by way of world-atlas.

usage: build_map.py KNOWLEDGE_FOLDER [--out src/dragoman/service/pages/data/world.json]

KNOWLEDGE_FOLDER holds map_world_atlas/countries-50m.json (TopoJSON of Natural Earth 5.1.2, boundaries as the United
Nations draw them; public domain, its build ISC). Names of codes without a shape come from the package's own table.

Borders are shared arcs, so that neighbours are simplified alike and no gap opens between them. The same inputs give the
same bytes. The file says:
    arcs        each a list of whole numbers x0, y0, dx, dy, …: degrees times `grid`, east and north
    countries   [{"code", "name", "rings": [[arc, …], …]}]; ~arc is arc read backwards; fill by the even-odd rule
    names       code to name, for every code that the coder may write
"""

import argparse
import csv
import hashlib
import json
from heapq import heapify, heappop, heappush
from importlib.resources import files
from pathlib import Path

from dragoman.knowledge.countries import BEYOND_STATES

Point = tuple[float, float]

# One unit of the file is 1/50 of a degree (2.2 km): finer than a pixel of a world map, even eight times enlarged.
GRID = 50
# Square degrees of the triangle that a point spans with its neighbours; set by eye at eight times enlargement.
LEAST_TRIANGLE = 0.012
# Islands and enclaves below this are left out, but a country always keeps its largest ring.
LEAST_RING = 0.03
LEFT_OUT = {"ATA"}  # an ice cap takes a fifth of the picture and hardly any event


def main() -> None:
    """Read the atlas, simplify, write one JSON file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("knowledge", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/dragoman/service/pages/data/world.json"))
    given = parser.parse_args()
    source = (given.knowledge / "map_world_atlas" / "countries-50m.json").read_bytes()
    world = build(json.loads(source))
    world["source"] = "Natural Earth 5.1.2 (public domain), world-atlas countries-50m.json"
    world["sha256"] = hashlib.sha256(source).hexdigest()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(
        json.dumps(world, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8"
    )
    print(
        f"{given.out}: {len(world['countries'])} countries, {len(world['arcs'])} arcs, {given.out.stat().st_size:,} bytes"
    )


def build(atlas: dict) -> dict:
    """The file's content: shapes of all countries that have a code, and names of all codes."""
    arcs = [simplify(arc) for arc in decode(atlas)]
    countries, used = [], {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = shape["properties"].get("isoA3") or ""
        if not shape.get("id") or code in LEFT_OUT or len(code) != len("AFG"):
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = sorted((ring for polygon in polygons for ring in polygon), key=lambda ring: -area(ring, arcs))
        kept = rings[:1] + [ring for ring in rings[1:] if area(ring, arcs) >= LEAST_RING]
        numbered = [[renumber(arc, used) for arc in ring] for ring in kept]
        countries.append({"code": code, "name": shape["properties"]["nameLong"], "rings": numbered})
    countries.sort(key=lambda country: country["code"])
    names = table_names() | {country["code"]: country["name"] for country in countries}
    return {
        "grid": GRID,
        "arcs": [encode(arcs[old]) for old in used],  # a dict keeps the order in which arcs were first used
        "countries": countries,
        "names": names,
    }


def decode(atlas: dict) -> list[list[Point]]:
    """The arcs as points in degrees; TopoJSON writes them as differences on a grid."""
    (width, height), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for steps in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * width + west, y * height + south))
        arcs.append(points)
    return arcs


def simplify(points: list[Point]) -> list[Point]:
    """Drop the points that matter least, by the triangle they span with those beside them (Visvalingam & Whyatt 1993).

    The ends stay, so that arcs still meet; a closed arc keeps at least three corners.
    """
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    size = {i: triangle(points[i - 1], points[i], points[i + 1]) for i in range(1, len(points) - 1)}
    heap = [(value, i) for i, value in size.items()]
    heapify(heap)
    closed = points[0] == points[-1]
    while heap and len(size) > (2 if closed else 0):
        value, i = heappop(heap)
        if size.get(i) != value:
            continue  # measured anew, or gone
        if value >= LEAST_TRIANGLE:
            break
        del size[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in size:
                size[j] = max(value, triangle(points[before[j]], points[j], points[after[j]]))
                heappush(heap, (size[j], j))
    return [point for i, point in enumerate(points) if i in size or i in (0, len(points) - 1)]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area of a triangle in square degrees."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: list[int], arcs: list[list[Point]]) -> float:
    """Area inside a ring of arcs, in square degrees."""
    points = [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def renumber(arc: int, used: dict[int, int]) -> int:
    """The new number of an arc: those of dropped rings leave no hole in the counting."""
    number = used.setdefault(arc if arc >= 0 else ~arc, len(used))
    return number if arc >= 0 else ~number


def encode(points: list[Point]) -> list[int]:
    """Points as whole numbers: the first in full, the others as steps; steps of nothing are left out."""
    numbers: list[int] = []
    x = y = 0
    for lon, lat in points:
        dx, dy = round(lon * GRID) - x, round(lat * GRID) - y
        if dx or dy or not numbers:
            numbers += [dx, dy]
        x, y = x + dx, y + dy
    return numbers


def table_names() -> dict[str, str]:
    """Code to name for states and dependencies of the package's table, and for the codes beyond states."""
    table = files("dragoman.knowledge") / "data" / "built" / "countries.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["name"] for row in rows if row["kind"] in ("country", "region")} | BEYOND_STATES


if __name__ == "__main__":
    main()
