"""What the OpenAPI document says beside what FastAPI finds out itself: forms, errors, and who may ask."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dragoman.service.forms import TYPES, Form
from dragoman.service.models import ProblemShape
from dragoman.service.problems import PROBLEM

ERRORS: Final = {
    400: "A malformed request",
    401: "No token, or a wrong one",
    403: "Asked from another site, or under another name",
    404: "There is no such thing",
    406: "There is no such form of it",
    413: "Too large",
    415: "A body of another type",
    422: "A wrong parameter, or a text that cannot be read",
    500: "An error of Dragoman's own",
    503: "The store or the coder is busy",
}
USUAL: Final = (400, 401, 403, 422, 503)
_PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
Responses = dict[int | str, dict[str, Any]]


def responses(model: Any, forms: tuple[Form, ...] = ("json",), errors: tuple[int, ...] = ()) -> Responses:
    """What an address answers: a model in JSON, other forms as text, and the errors it may have."""
    content: dict[str, Any] = {
        TYPES[form].split(";")[0]: {"schema": {"type": "object" if form == "geojson" else "string"}}
        for form in forms
        if form != "json"
    }
    told: Responses = {200: {"model": model, "content": content, "description": "What was asked for"}}
    also = (406,) if len(forms) > 1 else ()
    for status in sorted({*USUAL, *also, *errors}):
        told[status] = {"description": ERRORS[status], "content": {PROBLEM: {"schema": _PROBLEM}}}
    return told


def describe(app: FastAPI) -> None:
    """Let the app make its document with the shape of problems and the two ways to show a token."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            components = found.setdefault("components", {})
            shape = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas = components.setdefault("schemas", {})
            schemas |= shape.pop("$defs", {})
            schemas["Problem"] = shape
            components["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "dragoman"},
            }
            found["security"] = [{}, {"token": []}, {"cookie": []}]
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
