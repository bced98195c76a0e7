"""Where `dragoman serve` listens."""

import socket
import threading

import pytest

from dragoman.cli.serving import _listen
from dragoman.errors import DragomanError


def test_small_pieces_are_sent_at_once() -> None:
    """asyncio turns Nagle's waiting off for sockets that say they are TCP; else a body waits 40 ms for its header."""
    with _listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=lambda: socket.create_connection(listening.getsockname()).close())
        thread.start()
        accepted, _ = listening.accept()
        thread.join()
    with accepted:
        assert accepted.proto == socket.IPPROTO_TCP


def test_a_port_that_is_taken_is_told() -> None:
    with _listen("127.0.0.1", 0) as listening, pytest.raises(DragomanError, match="port"):
        _listen("127.0.0.1", listening.getsockname()[1])
