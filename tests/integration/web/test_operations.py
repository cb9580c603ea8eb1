"""Edits, deletions and answers, as a page shows them."""

from bot.ports.network import Operation, Outgoing, Target
from tests.support.visitor import Visitor
from tests.support.web_site import Site


async def test_a_page_shows_an_edit_a_deletion_and_what_is_answered(
    site: Site, visitor: Visitor
) -> None:
    await visitor.say("/", "Le moulin <b>est</b> vide.")
    (said,) = await site.inbox.until(1)
    first = await site.network.send(Outgoing("k1", said.conversation, "Depuis quand ?", "relay"))
    second = await site.network.send(Outgoing("k2", said.conversation, "À qui est-il ?", "relay"))
    edit = Outgoing(
        "k3",
        said.conversation,
        "Depuis **quand** ?",
        "relay",
        target=Target(first),
        operation=Operation.EDIT,
    )
    assert first == await site.network.send(edit)
    answer = Outgoing("k4", said.conversation, "Merci.", "relay", target=Target(said.message))
    await site.network.send(answer)
    await site.network.send(
        Outgoing(
            "k5",
            said.conversation,
            "",
            "deletion",
            target=Target(second),
            operation=Operation.DELETE,
        )
    )

    page = await visitor.get("/")

    assert "Depuis <strong>quand</strong> ?" in page.html
    assert "À qui est-il ?" not in page.text
    assert 2 == page.text.count("Le moulin <b>est</b> vide.")
    assert {Operation.EDIT, Operation.DELETE} == site.network.capabilities.operations
