"""The links of mails: a GET, which scanners also make, shows what the button's POST does."""

from http import HTTPStatus

from aiohttp import web

from bot.networks.web.forms import check_rate, read_form
from bot.networks.web.session import chat_seat, find_desk, open_chat
from bot.networks.web.site import SITE
from bot.networks.web.templates import dead_link, render
from bot.ports.email_links import AddressNotWorking, Proposal, Proposals, Purpose


async def show(request: web.Request) -> web.Response:
    """What the link proposes, and one button; a link that cannot be used says why."""
    proposal = _find(request)
    if proposal is None:
        check_rate(request, "links")
        return dead_link(request, HTTPStatus.NOT_FOUND, "inconnu")
    if proposal.expired:
        return dead_link(request, HTTPStatus.GONE, "expire")
    return await _page(request, proposal, done=False)


async def use(request: web.Request) -> web.Response:
    """Do what the link proposes, and go to the conversation where it was said, if there is one.

    A mail program's one click that ends mails (RFC 8058) shows no page: the link is proof enough.
    """
    proposal = _find(request)
    if proposal is None or proposal.expired:
        return await show(request)
    if proposal.purpose is Purpose.STOP:
        check_rate(request, "links")
    else:
        await read_form(request, "links")
    try:
        chat = await _proposals(request).accept(request.match_info["token"])
    except AddressNotWorking:
        return dead_link(request, HTTPStatus.GONE, "adresse")
    site = request.app[SITE]
    site.posted.set()
    if chat is None:
        return await _page(request, proposal, done=True)
    site.wake_pages(chat)
    here = chat_seat(request)
    if proposal.purpose is not Purpose.BACK and here is not None and here.sender != chat:
        # Another conversation is open in this browser: an answer does not close it.
        return await _page(request, proposal, done=True)
    response = web.Response(status=303, headers={"Location": "/#fin"})
    open_chat(request, response, chat)
    return response


def _find(request: web.Request) -> Proposal | None:
    return _proposals(request).find(request.match_info["token"])


def _proposals(request: web.Request) -> Proposals:
    proposals = request.app[SITE].parts.proposals
    if proposals is None:
        raise web.HTTPNotFound
    return proposals


async def _page(request: web.Request, proposal: Proposal, *, done: bool) -> web.Response:
    return render(
        request,
        "courriel.html",
        desk=await find_desk(request),
        propose=proposal.purpose.value,
        reponse=proposal.label,
        fait=done,
    )
