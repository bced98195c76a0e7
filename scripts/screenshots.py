"""Make the pictures of the pages that the README shows, from the sample articles.

usage: screenshots.py [--store samples.duckdb] [--out docs/img]

Without a store the sample articles are coded into one that is thrown away. Needs a Chromium
(as root: apt-get install -y chromium) and the groups `serve` and `test`. The pictures differ a little from one
release of the browser to the next; they are made when the pages change, not in every run of the tests.
"""

import argparse
import base64
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from numpy.typing import NDArray
from playwright.sync_api import Page, sync_playwright

from dragoman.service.api import make_app

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH = 1280
LARGEST = 200_000  # bytes; a README should load at once
ARTICLE = "sample-04"
OPENED = 2  # the event whose reasons are shown, counted from 0
COLOURS = 256  # of a picture with a palette, a third of the size of one without

# The bytes of a picture, four a pixel, read by the browser, which knows how.
READ = """
async (png) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(bitmap, 0, 0);
  const blob = new Blob([brush.getImageData(0, 0, bitmap.width, bitmap.height).data]);
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done([bitmap.width, bitmap.height, reader.result.split(",")[1]]);
    reader.readAsDataURL(blob);
  });
}
"""


def main() -> int:
    """Take both pictures; complain about one that is too large."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/img"))
    given = parser.parse_args()
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print(f"screenshots: no browser; install one of {', '.join(BROWSERS)}", file=sys.stderr)
        return 2
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or coded_samples(Path(folder) / "samples.duckdb")
        with served(store) as address:
            pictures = list(take(address, browser, given.out))
    for picture in pictures:
        print(f"{picture}: {picture.stat().st_size:,} bytes")
    return int(any(picture.stat().st_size > LARGEST for picture in pictures))


def coded_samples(store: Path) -> Path:
    """A store with the sample articles."""
    command = Path(sys.executable).with_name("dragoman")
    subprocess.run([command, "code", "--sample", "--into", store], check=True)
    return store


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address at which a store is served meanwhile."""
    server = uvicorn.Server(uvicorn.Config(make_app(store), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


def take(address: str, browser: str, out: Path) -> Iterator[Path]:
    """Both pictures: the corpus with timeline and map, an article with one record chosen and its reasons open."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser, args=[*as_root, "--font-render-hinting=none"]
        )
        context = chromium.new_context(
            viewport={"width": WIDTH, "height": 1010}, reduced_motion="reduce", locale="en-GB"
        )
        page = context.new_page()
        page.goto(f"{address}/?view=map")
        page.wait_for_selector("#view[aria-busy=false] svg.map")
        yield picture(page, out / "corpus.png", 1010)

        page.goto(f"{address}/article.html?id={article(page, address)}")
        page.wait_for_selector(".reading")
        page.locator(".card:not(.statement) details.why").nth(OPENED).evaluate("one => { one.open = true; }")
        yield picture(page, out / "article.png", 900)
        chromium.close()


def article(page: Page, address: str) -> str:
    """The id of the article to show."""
    listed: dict[str, Any] = page.request.get(f"{address}/api/documents?limit=500").json()
    found = [item["id"] for item in listed["items"] if item["source_id"] == ARTICLE]
    return found[0] if found else listed["items"][0]["id"]


def picture(page: Page, path: Path, height: int) -> Path:
    """Save what a window of this height shows, once letters and pictures stand."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    taken = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    blank = page.context.new_page()
    columns, rows, data = blank.evaluate(READ, base64.b64encode(taken).decode())
    blank.close()
    path.write_bytes(png(np.frombuffer(base64.b64decode(data), np.uint8).reshape(rows, columns, 4)[:, :, :3]))
    return path


def png(pixels: NDArray[np.uint8]) -> bytes:
    """A picture as PNG with a palette. pixels: (rows, columns, 3).

    The palette grows by the colour that is worst served so far, by its pixels and its squared distance to the nearest.
    """
    flat = pixels.reshape(-1, 3).astype(np.int64)
    colours, where, counts = np.unique(flat @ [65536, 256, 1], return_inverse=True, return_counts=True)
    wide = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    kept = [int(np.argmax(counts))]
    nearest = np.zeros(len(wide), np.int64)
    away = ((wide - wide[kept[0]]) ** 2).sum(axis=1)
    while len(kept) < COLOURS and (away * counts).any():
        kept.append(int(np.argmax(away * counts)))
        to_new = ((wide - wide[kept[-1]]) ** 2).sum(axis=1)
        nearest[to_new < away] = len(kept) - 1
        away = np.minimum(away, to_new)
    rows, columns, _ = pixels.shape
    lines = np.zeros((rows, columns + 1), np.uint8)  # each line begins with its filter: none
    lines[:, 1:] = nearest[where].reshape(rows, columns)
    head = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", wide[kept].astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


if __name__ == "__main__":
    sys.exit(main())
