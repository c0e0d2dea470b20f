"""Puts the web application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api import errors
from api.audit import AuditLog
from api.deps import Parts, Runner
from api.jobs import Jobs
from api.pages import (
    about,
    audit,
    checking,
    codebook,
    columns,
    compare,
    decisions,
    dial,
    downloads,
    files,
    fit,
    formats,
    guide,
    journey,
    kpis,
    mapping,
    miro,
    opportunities,
    overview,
    participants,
    paste,
    personal,
    personas,
    privacy,
    review,
    runs,
    scores,
    second,
    sheet,
    sources,
    studies,
    summary,
    themes,
    theming,
)
from api.render import STATIC
from api.security import Guard
from research import __version__
from research.retention import purge
from research.settings import Settings
from research.store import open_store

PAGES = (
    studies,
    files,
    runs,
    overview,
    themes,
    theming,
    dial,
    codebook,
    compare,
    review,
    summary,
    personas,
    fit,
    journey,
    kpis,
    mapping,
    scores,
    opportunities,
    participants,
    sources,
    columns,
    checking,
    second,
    downloads,
    paste,
    miro,
    sheet,
    decisions,
    personal,
    privacy,
    audit,
    about,
    formats,
    guide,
)
FILES_AT_ONCE = 10
MEGABYTE = 2**20


def create_app(settings: Settings, *, runner: Runner | None = None) -> FastAPI:
    """The application with its store and runner; tests give a temporary home."""
    store = open_store(settings.home, settings.key_file)
    parts = Parts(settings, store, runner or Jobs(store))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        purge(store, audit_days=settings.audit_days)
        parts.runner.launch()
        yield
        parts.runner.close()

    app = FastAPI(
        title="Klantbeeld",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.parts = parts
    app.add_middleware(AuditLog, store=store)
    app.add_middleware(
        Guard,
        hosts=(settings.host,),
        limit=FILES_AT_ONCE * settings.max_upload_mb * MEGABYTE,
    )
    for page in PAGES:
        app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.register(app)
    return app
