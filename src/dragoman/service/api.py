"""The app: its addresses, its errors, and what they share, behind the guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import anyio.to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp

from dragoman import __version__
from dragoman.service import actors, counted, files, home, lists, posted, problems
from dragoman.service.coding import CodingDesk
from dragoman.service.guard import Door, Guard
from dragoman.service.openapi import describe
from dragoman.service.reading import Reading
from dragoman.service.remembered import Remembered
from dragoman.store import open_store

# Questions at once: two cores answer six one after another sooner than sixteen side by side.
READERS: Final = 6
ABOUT: Final = (
    "A store of political events, read from news: articles, events and statements with the words they rest on, counts over"
    " time, on the map and between countries. docs/api.md tells more."
)


def make_app(store: Path, *, door: Door | None = None, coding: CodingDesk | None = None) -> ASGIApp:
    """The pages and the API of a store. door: who may ask; coding: where texts are coded, if they may be posted.

    Raises StoreError if the store cannot be read.
    """
    with open_store(store):
        pass  # better now than at the first question
    reading = Reading(store)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = READERS
        yield
        reading.close()
        if coding is not None:
            coding.close()

    app = FastAPI(
        title="Dragoman",
        version=__version__,
        description=ABOUT,
        docs_url=None,  # FastAPI's own viewer loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=life,
    )
    app.state.reading = reading
    app.state.remembered = Remembered()
    app.state.coding = coding
    app.state.files = files.read_files()
    for room in (home, lists, actors, counted, posted):
        app.include_router(room.router, prefix="/api")
    app.include_router(files.router)
    problems.install(app)
    describe(app)
    return Guard(app, door or Door())
