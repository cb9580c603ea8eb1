"""Turns the templates of `config/pages` into answers."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from babel.dates import format_date, format_time
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.domain.calendar import zone_of
from bot.domain.wording.markup import plain
from bot.networks.web.cookies import Cookie, new_session
from bot.networks.web.forms import browser_of, token_for
from bot.networks.web.identity import chat_seat
from bot.networks.web.parts import WebParts
from bot.networks.web.site import SITE
from bot.networks.web.statics import static_path
from bot.ports.queries import Desk
from config import french


def environment(parts: WebParts) -> Environment:
    """The templates, with what every page may use."""
    templates = Environment(
        loader=PackageLoader("config", "pages"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        jour=french.day,
        grand_jour=long_day,
        moment=french.moment,
        heure=hour,
        nombre=french.number,
        compte=french.counted,
        liste=french.listing,
        depuis=lambda since: french.ago(parts.clock.now() - since),
    )
    templates.globals.update(
        asset=static_path,
        nouvelle_cle=new_session,
        portails=parts.portals,
        theme=parts.theme_label,
        departement=parts.departement_name,
        mot=lambda key, **values: plain(parts.texts(key, **values)),
        demo=parts.demo,
        limites=parts.limits,
        types_acceptes=parts.upload_types,
    )
    return templates


def render(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    desk: Desk | None = None,
    **values: Any,
) -> web.Response:
    """The page, with its cookie for forms. `desk` is who is at work in this browser, if known."""
    site = request.app[SITE]
    browser = browser_of(request)
    context: Mapping[str, Any] = {
        "jeton": token_for(site, browser),
        "chemin": request.path,
        "bureau": desk,
        "zone_demo": zone_of(""),
        "maintenant": site.parts.clock.now(),
        **values,
    }
    html = site.templates.get_template(template).render(context)
    response = web.Response(text=html, content_type="text/html", status=status)
    if site.cookies.read(request, Cookie.BROWSER) is None:
        site.cookies.write(response, Cookie.BROWSER, browser)
    return response


def lines_wanted(request: web.Request) -> int:
    """How many messages to show: the latest ones, or as many as are kept within reason."""
    shown = request.app[SITE].parts.limits.lines_shown
    return shown * 50 if "tout" in request.query else shown


def fault_text(request: web.Request, fault: str) -> str:
    """The sentence that explains a fault."""
    template = request.app[SITE].templates.get_template("_fautes.html")
    return str(template.render(faute=fault)).strip()


async def chat_zone(request: web.Request) -> ZoneInfo:
    """The time zone of the élu's territory: mainland France before it is known."""
    seat = chat_seat(request)
    if seat is None:
        return zone_of("")
    queries = request.app[SITE].parts.queries
    return zone_of(
        await queries.departement(seat.conversation.network, seat.conversation.name) or ""
    )


def long_day(value: datetime, zone: tzinfo) -> str:
    """« lundi 23 novembre 2026 », in that time zone."""
    local = value.astimezone(zone).date()
    return f"{format_date(local, 'EEEE', locale='fr')} {french.day(local)}"


def hour(value: datetime, zone: tzinfo) -> str:
    """« 9 h 05 », with no-break spaces, in that time zone."""
    return str(format_time(value.astimezone(zone), "H\u00a0'h'\u00a0mm", tzinfo=zone, locale="fr"))
