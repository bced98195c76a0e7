"""Answers that were made before, as long as the store is as it was: a million events are not counted twice."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, Final

from dragoman.service.forms import encode

MOST_BYTES: Final = 32_000_000
MOST: Final = 512


class Remembered:
    """Bodies in JSON by question, the longest unused forgotten first; who asks what is being made waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making: dict[Hashable, Future[bytes]] = {}
        self._state: Any = None
        self._size = 0

    def get(self, state: Any, question: Hashable, make: Callable[[], Any]) -> bytes:
        """The body for a question to a store in this state, made if it is not at hand."""
        with self._lock:
            if state != self._state:
                self._bodies.clear()
                self._state, self._size = state, 0
            elif (body := self._bodies.get(question)) is not None:
                self._bodies.move_to_end(question)
                return body
            waiting = self._making.get((state, question))
            if waiting is None:
                mine = self._making[state, question] = Future()
        if waiting is not None:
            return waiting.result()
        try:
            body = encode(make())
        except BaseException as error:
            with self._lock:
                del self._making[state, question]
            mine.set_exception(error)  # those who wait asked the same
            raise
        with self._lock:
            del self._making[state, question]
            if state == self._state and question not in self._bodies:
                self._keep(question, body)
        mine.set_result(body)
        return body

    def _keep(self, question: Hashable, body: bytes) -> None:
        self._bodies[question] = body
        self._size += len(body)
        while self._size > MOST_BYTES or len(self._bodies) > MOST:
            _, old = self._bodies.popitem(last=False)
            self._size -= len(old)
