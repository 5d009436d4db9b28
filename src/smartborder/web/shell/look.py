"""The node's colour, as a style sheet of its own: no page carries styles."""

import colorsys
import re

from litestar import Response, get

from smartborder.web.session import WebRequest, home_of

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@get("/accent.css", sync_to_thread=False)
def accent(request: WebRequest) -> Response[str]:
    """The accent of the country pack, and a lighter one of the same hue for dark pages."""
    colour = home_of(request).pack.accent.lower()
    if not _COLOUR.fullmatch(colour):
        colour = "#2f4f4f"
    css = f":root{{--sb-accent:{colour};--sb-accent-dark:{lighter(colour)}}}\n"
    return Response(css, media_type="text/css", headers={"cache-control": "max-age=3600"})


def lighter(colour: str) -> str:
    """The same hue, light enough to be seen on a dark page."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, _, strength = colorsys.rgb_to_hls(red, green, blue)
    return "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, 0.6, strength))
