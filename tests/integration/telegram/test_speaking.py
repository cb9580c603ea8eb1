"""What the bot says on Telegram, and how it corrects, deletes and reacts."""

from typing import Any

import pytest

from bot.domain.attachment import Attachment
from bot.ports.network import Choice, Operation, Outgoing, Refused, Target
from bot.ports.remote_rooms import FoundMessage
from tests.support.botapi.world import labels
from tests.support.telegram_bot import ROOM, Bot, private, saying

PDF = b"%PDF-1.7 plan"
YES = Choice("mark:UV-7K3Q:2:done", "C’est fait")
NO = Choice("n" * 64, "Non")


def doing(operation: Operation, chat: int, remote_id: str, text: str = "", **more: Any) -> Outgoing:
    return saying(chat, text, key="act", operation=operation, target=Target(remote_id), **more)


async def kept(bot: Bot, name: str = "plan.pdf") -> Attachment:
    async def content() -> Any:
        yield PDF

    return await bot.files.keep(name, "application/pdf", content())


async def test_marks_authors_and_backstage_are_drawn(bot: Bot, martine: int) -> None:
    network = bot.network()
    await network.send(saying(martine, "Le **pont** <fermé>\n> il & elle\n> fissure\nVoilà"))
    await network.send(saying(ROOM, "Entre nous", backstage=True, author="Claire *M*"))

    message = bot.api.people.shown(martine)[0]
    assert "Le pont <fermé>\nil & elle\nfissure\nVoilà" == message["text"]
    assert [("bold", 3, 4), ("blockquote", 16, 17)] == [
        (e["type"], e["offset"], e["length"]) for e in message["entities"]
    ]
    assert "Coulisses · Claire *M* : Entre nous" == bot.shown(bot.forum)[-1]


async def test_what_people_set_off_elsewhere_is_set_off_here(bot: Bot, martine: int) -> None:
    text = (
        "\\/un\\/ \\`a<b\\` \\|trois\\| \\(https://x.fr/?a&b\\)**quatre**\\;\n"
        "\\- cinq\n  \\- six\n\\=int x;\n\\=  y"
    )
    await bot.network().send(saying(martine, text))

    message = bot.api.people.shown(martine)[0]
    raw = message["text"].encode("utf-16-le")
    assert "un a<b trois quatre\n• cinq\n  • six\nint x;\n  y" == message["text"]
    assert {
        ("italic", "un"),
        ("code", "a<b"),
        ("spoiler", "trois"),
        ("text_link", "quatre"),
        ("bold", "quatre"),
        ("pre", "int x;\n  y"),
    } == {
        (e["type"], raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in message["entities"]
    }


async def test_a_message_answers_another_if_it_is_still_there(bot: Bot, martine: int) -> None:
    network, people = bot.network(), bot.api.people
    there, gone = people.says(martine, "Un"), people.says(martine, "Deux")
    people.deletes(martine, gone)

    for target in (there, gone):
        await network.send(saying(martine, "Oui", key=str(target), target=Target(str(target))))

    answers = [m.get("reply_to_message", {}).get("message_id") for m in people.shown(martine)]
    assert [None, there, None] == answers


async def test_a_long_message_comes_in_parts_with_its_choices_on_the_last(
    bot: Bot, martine: int
) -> None:
    words = [f"mot{number:04d}" for number in range(1500)]
    answered = bot.api.people.says(martine, "Alors ?")
    target = Target(str(answered))

    remote_id = await bot.network().send(
        saying(martine, " ".join(words), choices=(YES, NO), target=target)
    )

    parts = bot.api.people.shown(martine)[1:]
    assert remote_id == ",".join(str(part["message_id"]) for part in parts)
    assert words == " ".join(part["text"] for part in parts).split()
    assert 3 == len(parts)
    assert [[], [], ["C’est fait", "Non"]] == [list(labels(part)) for part in parts]
    assert [True, False, False] == ["reply_to_message" in part for part in parts]


async def test_a_file_goes_with_its_words_under_it(bot: Bot, martine: int) -> None:
    file = await kept(bot)

    await bot.network().send(
        saying(martine, "Voici le **plan**", attachment=file, choices=(YES,), author="Claire")
    )

    (message,) = bot.api.people.shown(martine)
    document = message["document"]
    assert ("Claire : Voici le plan", "plan.pdf", ["C’est fait"]) == (
        message["caption"],
        document["file_name"],
        labels(message),
    )
    assert PDF == bot.api.people.file(document["file_id"])


async def test_a_file_follows_words_that_are_too_long_to_go_under_it(
    bot: Bot, martine: int
) -> None:
    file = await kept(bot)

    remote_id = await bot.network().send(saying(martine, "mot " * 400, attachment=file))

    words, document = bot.api.people.shown(martine)
    assert remote_id == f"{words['message_id']};{document['message_id']}"
    assert ("mot " * 400).strip() == words["text"]
    assert "caption" not in document


async def test_of_a_file_that_is_kept_no_more_it_is_said_that_it_is_not_there(
    bot: Bot, martine: int
) -> None:
    gone = Attachment("0" * 64, "plan.pdf", "application/pdf", 3)

    await bot.network().send(saying(martine, "Voici", attachment=gone))

    assert ["Voici\n(plan.pdf n’est plus là)"] == bot.shown(martine)


async def test_an_edit_replaces_words_and_buttons(bot: Bot, martine: int) -> None:
    network = bot.network()
    sent = await network.send(saying(martine, "Où en êtes-vous ?", choices=(YES, NO)))

    edited = await network.send(doing(Operation.EDIT, martine, sent, "C’est **noté**"))
    again = await network.send(doing(Operation.EDIT, martine, sent, "C’est **noté**"))

    (message,) = bot.api.people.shown(martine)
    assert (sent, sent) == (edited, again)
    assert ("C’est noté", []) == (message["text"], list(labels(message)))


@pytest.mark.parametrize(("before", "after"), [(700, 10), (10, 700), (700, 1400)])
async def test_an_edit_has_as_many_parts_as_it_needs(
    bot: Bot, martine: int, before: int, after: int
) -> None:
    network = bot.network()
    sent = await network.send(saying(martine, "ancien " * before))

    edited = await network.send(doing(Operation.EDIT, martine, sent, "nouveau " * after))

    shown = bot.api.people.shown(martine)
    assert edited == ",".join(str(message["message_id"]) for message in shown)
    assert ["nouveau"] * after == " ".join(bot.shown(martine)).split()


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_second_edit_knows_the_parts_of_the_first(
    bot: Bot, martine: int, restarted: bool
) -> None:
    network = bot.network()
    sent = await network.send(saying(martine, "court"))
    longer = await network.send(doing(Operation.EDIT, martine, sent, "long " * 1000))
    bot.rooms.messages.append(FoundMessage(private(martine), longer))

    again = bot.network() if restarted else network
    edited = await again.send(doing(Operation.EDIT, martine, sent, "plus court"))

    assert (longer.split(",")[0], ["plus court"]) == (edited, bot.shown(martine))


async def test_an_edit_of_words_under_a_file_keeps_the_file(bot: Bot, martine: int) -> None:
    network, file = bot.network(), await kept(bot)
    sent = await network.send(saying(martine, "Le plan", attachment=file))
    long = await network.send(saying(martine, "mot " * 400, key="k2", attachment=file))

    await network.send(doing(Operation.EDIT, martine, sent, "Le bon plan"))
    await network.send(doing(Operation.EDIT, martine, long, "Court"))

    assert ["Le bon plan", "Court", ""] == bot.shown(martine)
    assert [True, False, True] == ["document" in m for m in bot.api.people.shown(martine)]


async def test_a_deletion_takes_every_part(bot: Bot, martine: int) -> None:
    network = bot.network()
    sent = await network.send(saying(martine, "mot " * 1400))

    await network.send(doing(Operation.DELETE, martine, sent))
    await network.send(doing(Operation.DELETE, martine, sent))

    assert [] == bot.shown(martine)


async def test_what_is_too_old_to_be_deleted_is_blanked(bot: Bot, martine: int) -> None:
    network, file = bot.network(), await kept(bot)
    words = await network.send(saying(martine, "Secret"))
    document = await network.send(saying(martine, "Secret", key="k2", attachment=file))
    bot.api.world.pass_time(49 * 3600)

    for sent in (words, document, words):
        await network.send(doing(Operation.DELETE, martine, sent))

    assert ["Message supprimé", "Message supprimé"] == bot.shown(martine)


async def test_a_reaction_is_given_and_taken_back(bot: Bot, martine: int) -> None:
    network, people = bot.network(), bot.api.people
    said = people.says(martine, "Merci")
    seen = []

    for sign in ("❤️", "👍🏽", ""):
        await network.send(doing(Operation.REACT, martine, str(said), sign))
        seen.append(list(people.reactions(martine, said).values()))

    assert [["❤"], ["👍"], []] == seen


@pytest.mark.parametrize(
    "outgoing",
    [
        doing(Operation.REACT, 101, "1", "🚜"),
        doing(Operation.EDIT, 101, "999", "Trop tard"),
        doing(Operation.EDIT, 101, "$autre:reseau", "Ailleurs"),
        doing(Operation.INVITE, 101, "1", "room:UV-7K3Q"),
        saying(101, " \n "),
    ],
    ids=["reaction", "gone", "foreign", "invitation", "empty"],
)
async def test_what_telegram_will_never_take_is_refused(
    bot: Bot, martine: int, outgoing: Outgoing
) -> None:
    bot.api.people.says(martine, "Bonjour")
    with pytest.raises(Refused):
        await bot.network().send(outgoing)

    assert private(martine) == outgoing.conversation
    assert ["Bonjour"] == bot.shown(martine)


async def test_marks_that_telegram_cannot_read_are_left_out(
    bot: Bot, martine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.networks.telegram.api.formatting.escape", lambda text, quote: text)

    await bot.network().send(saying(martine, "a <b c"))

    assert ["a <b c"] == bot.shown(martine)
