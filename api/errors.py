"""The one place that turns an engine error into an HTTP answer."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.render import get_show
from research.errors import (
    BadCodebook,
    BadEncoder,
    BadEndpoint,
    BadStages,
    BadUpload,
    Cancelled,
    CoderFailed,
    Conflict,
    KeyLost,
    KlantbeeldError,
    NotFound,
    NothingToAnalyse,
    PushFailed,
    TooLarge,
)

STATUS: tuple[tuple[type[KlantbeeldError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (Cancelled, 409),
    (KeyLost, 409),
    (TooLarge, 413),
    (BadUpload, 422),
    (BadCodebook, 422),
    (BadStages, 422),
    (BadEncoder, 422),
    (BadEndpoint, 422),
    (CoderFailed, 502),
    (PushFailed, 502),
    (NothingToAnalyse, 422),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong and what the user can do (RFC 9457)."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"


def status_of(error: KlantbeeldError) -> int:
    """The HTTP status of an engine error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def answer(request: Request, status: int, detail: str) -> Response:
    """A problem as JSON below /api, as a message for htmx, else as a page."""
    problem = Problem(HTTPStatus(status).phrase, status, detail)
    if request.url.path.startswith("/api/"):
        fields = {name: getattr(problem, name) for name in ("type", "title", "status", "detail")}
        return JSONResponse(fields, status, media_type="application/problem+json")
    shown = get_show(request)("error.html", problem, block="problem", status=status)
    if request.headers.get("hx-request") == "true":
        shown.headers["hx-retarget"] = "#messages"
        shown.headers["hx-reswap"] = "innerHTML"
    return shown


async def on_engine_error(request: Request, error: Exception) -> Response:
    """An error of the engine, with its own words."""
    status = status_of(error) if isinstance(error, KlantbeeldError) else 500
    return answer(request, status, str(error))


async def on_http_error(request: Request, error: Exception) -> Response:
    """An address that does not exist, or a method that it does not take."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = "This page does not exist." if status == 404 else HTTPStatus(status).phrase
    return answer(request, status, detail)


async def on_bad_form(request: Request, error: Exception) -> Response:
    """A form or a body that does not hold what was asked."""
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    told = "; ".join(f"{'.'.join(map(str, f['loc'][1:]))}: {f['msg']}" for f in faults)
    return answer(request, 422, told)


async def on_mistake(request: Request, error: Exception) -> Response:
    """A mistake of ours: no details on the page, they are in the log."""
    return answer(request, 500, "Something went wrong on our side. The log tells more.")


def register(app: FastAPI) -> None:
    """Tell the application who answers for which error."""
    app.add_exception_handler(KlantbeeldError, on_engine_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_bad_form)
    app.add_exception_handler(Exception, on_mistake)
