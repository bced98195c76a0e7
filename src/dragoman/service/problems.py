"""Errors as `application/problem+json` (RFC 9457), with the three parts of every error of Dragoman."""

import sys
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.errors import BusyError, DragomanError, InputError, StoreError, UsageError

PROBLEM: Final = "application/problem+json"
RETRY_SECONDS: Final = 2  # after which a busy store or coder may be asked again
NAMES: Final = {413: "Content Too Large", 422: "Unprocessable Content"}  # which Python learned in 3.13
# Words for what a value should have been, by the kind of fault that pydantic found.
DO: Final = {
    "extra_forbidden": "Leave it out; /api/openapi.json lists the parameters",
    "missing": "Add it",
    "json_invalid": "Send valid JSON",
}


class TooLongError(InputError):
    """A text over the limit of the service."""


class ProblemError(Exception):
    """An answer other than the one that was asked for."""

    def __init__(
        self, status: int, what: str, *, where: str, do: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(what)
        self.status = status
        self.fault = {"what": what, "where": where, "do": do}
        self.headers = dict(headers or {})


def answer(
    status: int, faults: Sequence[Mapping[str, str]], headers: Mapping[str, str] | None = None
) -> Response:
    """The body of an error; `faults` are all that was found, the first of them is the error's own."""
    first = faults[0]
    body = {
        "type": "about:blank",
        "title": NAMES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": f"{first['where']}: {first['what']}. {first['do']}",
        **first,
        "errors": list(faults),
    }
    return Response(
        msgspec.json.encode(body), status_code=status, media_type=PROBLEM, headers=dict(headers or {})
    )


def status_of(error: DragomanError) -> int:
    """The status that an error of Dragoman means over HTTP."""
    if isinstance(error, TooLongError):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if isinstance(error, BusyError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, UsageError | InputError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, StoreError) else 500


def install(app: FastAPI) -> None:
    """Let every error of the app leave in this form."""

    @app.exception_handler(ProblemError)
    async def problem(request: Request, error: ProblemError) -> Response:
        return answer(error.status, [error.fault], error.headers)

    @app.exception_handler(DragomanError)
    async def dragoman(request: Request, error: DragomanError) -> Response:
        status = status_of(error)
        retry = {"Retry-After": str(RETRY_SECONDS)} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
        return answer(status, [{"what": error.what, "where": error.where, "do": error.do}], retry)

    @app.exception_handler(RequestValidationError)
    async def wrong(request: Request, error: RequestValidationError) -> Response:
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, [fault_of(one) for one in error.errors()])

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Response:
        do = {404: "GET /api lists the addresses", 405: "GET /api/openapi.json says what each address takes"}
        fault = {
            "what": str(error.detail),
            "where": request.url.path,
            "do": do.get(error.status_code, "Look at /api/openapi.json"),
        }
        return answer(error.status_code, [fault], error.headers)

    @app.exception_handler(Exception)
    async def bug(request: Request, error: Exception) -> Response:
        # The trace goes to whoever runs the server, never to the one who asks.
        traceback.print_exception(error, file=sys.stderr)
        fault = {
            "what": f"an error of Dragoman's own ({type(error).__name__})",
            "where": request.url.path,
            "do": "Report it with the lines that the server printed",
        }
        return answer(500, [fault])


def fault_of(found: Mapping[str, Any]) -> dict[str, str]:
    """What pydantic found, in our words."""
    told = found.get("ctx") or {}
    where = ".".join(str(part) for part in found["loc"][1:] if not isinstance(part, int)) or "request"
    if "do" in told:
        return {"what": str(told["what"]), "where": where, "do": str(told["do"])}
    if found["type"] == "extra_forbidden":
        return {"what": "there is no such parameter", "where": where, "do": DO["extra_forbidden"]}
    what = str(found["msg"])[:300]
    return {
        "what": what[:1].lower() + what[1:],
        "where": where,
        "do": DO.get(found["type"], "Correct it, or leave it out for the default"),
    }
