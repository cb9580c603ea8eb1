"""Turns the templates of `config/pages` into answers."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from http import HTTPStatus
from typing import Any

from aiohttp import web
from babel.dates import format_date, format_time
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.domain.calendar import zone_of
from bot.domain.wording.markup import plain
from bot.networks.web.forms import proof_of
from bot.networks.web.session import (
    Cookie,
    browser_of,
    new_identifier,
    read_cookie,
    write_cookie,
)
from bot.networks.web.site import SITE, WebParts
from bot.networks.web.static import static_path
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
        nouvelle_cle=new_identifier,
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
    context: Mapping[str, Any] = {
        "jeton": proof_of(request),
        "chemin": request.path,
        "bureau": desk,
        "zone_demo": zone_of(""),
        "maintenant": site.parts.clock.now(),
        **values,
    }
    html = site.templates.get_template(template).render(context)
    response = web.Response(text=html, content_type="text/html", status=status)
    if read_cookie(request, Cookie.BROWSER) is None:
        write_cookie(request, response, Cookie.BROWSER, browser_of(request))
    return response


def dead_link(
    request: web.Request, status: HTTPStatus, reason: str, desk: Desk | None = None
) -> web.Response:
    """The page that says why a link cannot be used."""
    return render(request, "lien_mort.html", status=status, desk=desk, raison=reason)


def fault_text(request: web.Request, fault: str) -> str:
    """The sentence that explains a fault."""
    template = request.app[SITE].templates.get_template("_fautes.html")
    return str(template.render(faute=fault)).strip()


def long_day(value: datetime, zone: tzinfo) -> str:
    """« lundi 23 novembre 2026 », in that time zone."""
    local = value.astimezone(zone).date()
    return f"{format_date(local, 'EEEE', locale='fr')} {french.day(local)}"


def hour(value: datetime, zone: tzinfo) -> str:
    """« 9 h 05 », with no-break spaces, in that time zone."""
    return str(format_time(value.astimezone(zone), "H\u00a0'h'\u00a0mm", tzinfo=zone, locale="fr"))
