"""``GET /v1/openapi.json``: the API as an OpenAPI document, made from the routes themselves."""

from typing import Any

from litestar import get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from smartborder import __version__
from smartborder.web.session import WebRequest

CONFIG = OpenAPIConfig(
    title="smartborder", version=__version__, path="/v1/all", render_plugins=[JsonRenderPlugin()]
)


@get("/v1/openapi.json", sync_to_thread=True, include_in_schema=False)
def openapi(request: WebRequest) -> dict[str, Any]:
    """The OpenAPI 3.1 document of ``/v1``; no key is needed to read it."""
    document = request.app.openapi_schema.to_schema()
    paths = document.get("paths", {})
    return {**document, "paths": {p: v for p, v in paths.items() if p.startswith("/v1/")}}
