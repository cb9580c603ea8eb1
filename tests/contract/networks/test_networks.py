"""The rules that every network keeps."""

from bot.domain.conversations import ConversationRef
from bot.domain.wording.markup import escape
from bot.ports.network import Choice, Outgoing
from tests.contract.networks.driver import Driver, chooses, says

CHOICES = (Choice("oui", "Oui, c’est ça"), Choice("non", "Non, une autre commune"))

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "**pas gras** _ni_ [lien](https://exemple.fr) `code` # titre",
    "> ceci n’est pas une citation",
    "\\*déjà échappé\\*",
    "&lt;b&gt; &amp; &#39;",
    "à l’envers : \u202eetnoc\u202c, invisible : a\u200bb",
    "{{ 7 * 7 }} {% raw %} ${x} %s",
]


def question(
    conversation: ConversationRef, key: str = "q1", text: str = "Vous parlez bien de Fourmies ?"
) -> Outgoing:
    return Outgoing(key, conversation, text, "question", choices=CHOICES)


async def test_what_is_said_is_handed_over_once_with_its_key_place_sender_and_text(
    driver: Driver,
) -> None:
    first = await says(driver, "Nous avons une friche.")
    second = await says(driver, "Elle est au centre.")

    assert ["Nous avons une friche.", "Elle est au centre."] == [
        event.text for event in driver.inbox.received
    ]
    assert first.key != second.key
    assert (driver.network.name, first.conversation) == (
        first.conversation.network,
        second.conversation,
    )
    assert first.sender == second.sender != ""


async def test_all_that_people_set_off_is_shown_and_leads_nowhere_else(driver: Driver) -> None:
    """Marks of every kind, nested; a link that none may follow."""
    said = await says(driver, "Bonjour")
    markup = (
        "**un \\/deux\\/** \\`trois <b>\\` \\|quatre\\| \\(https://exemple.fr/a\\)cinq\\; "
        "\\(javascript:alert(1)\\)six\\;\n\\- sept\n  \\- huit\n\\=neuf & 1\n> dix"
    )
    await driver.network.send(Outgoing("m1", said.conversation, markup, "relay", author="Claire"))

    shown = await driver.shown()
    for word in "un deux quatre cinq six sept huit dix".split():
        assert word in shown
    assert "trois <b>" in shown
    assert "neuf & 1" in shown
    assert "javascript" not in shown
    assert "\\" not in shown


async def test_the_same_words_said_twice_are_two_messages(driver: Driver) -> None:
    first = await says(driver, "Toujours rien.")
    second = await says(driver, "Toujours rien.")

    assert first.key != second.key


async def test_what_could_not_be_received_is_handed_over_again_under_the_same_key(
    driver: Driver,
) -> None:
    driver.inbox.failures = 2

    event = await says(driver, "Le pont est fissuré.")
    later = await says(driver, "Vous êtes là ?")

    assert ["Le pont est fissuré.", "Vous êtes là ?"] == [e.text for e in driver.inbox.received]
    assert event.key != later.key


async def test_a_message_shows_its_text_and_its_author(driver: Driver) -> None:
    conversation = (await says(driver, "Bonjour")).conversation

    await driver.network.send(
        Outgoing("k1", conversation, "Combien de **niveaux** ?", "relay", author="Claire Morel")
    )

    shown = await driver.shown()
    assert "Combien de niveaux ?" in shown
    assert "Claire Morel" in shown


async def test_choices_are_shown_and_one_can_be_picked(driver: Driver) -> None:
    conversation = (await says(driver, "Bonjour")).conversation
    await driver.network.send(question(conversation))

    shown = await driver.shown()
    event = await chooses(driver, "Non, une autre commune")

    assert all(choice.label in shown for choice in CHOICES)
    assert ("non", conversation) == (event.choice, event.conversation)


async def test_a_choice_can_be_answered_by_typing(driver: Driver) -> None:
    conversation = (await says(driver, "Bonjour")).conversation
    await driver.network.send(question(conversation))

    event = await says(driver, "Oui, c’est ça")

    assert "Oui, c’est ça" == event.text


async def test_words_beside_the_choices_stay_words(driver: Driver) -> None:
    conversation = (await says(driver, "Bonjour")).conversation
    await driver.network.send(question(conversation))

    event = await says(driver, "C’est à Anor, en fait.")

    assert ("C’est à Anor, en fait.", None) == (event.text, event.choice)


async def test_the_same_key_sent_twice_shows_once_where_the_network_says_so(driver: Driver) -> None:
    conversation = (await says(driver, "Bonjour")).conversation

    first = await driver.network.send(question(conversation, text="Une seule fois ?"))
    second = await driver.network.send(question(conversation, text="Une seule fois ?"))

    idempotent = driver.network.capabilities.idempotent
    assert idempotent == (first == second)
    assert (1 if idempotent else 2) == (await driver.shown()).count("Une seule fois ?")


async def test_a_long_message_is_shown_whole(driver: Driver) -> None:
    conversation = (await says(driver, "Bonjour")).conversation
    words = " ".join(str(number) for number in range(2000))
    text = words[:3_500]

    await driver.network.send(Outgoing("long", conversation, text, "notice"))

    assert text in await driver.shown()


async def test_a_long_word_arrives_whole(driver: Driver) -> None:
    text = " ".join(str(number) for number in range(700))

    assert text == (await says(driver, text)).text


async def test_hostile_words_arrive_and_show_as_typed(driver: Driver) -> None:
    changed = []
    for number, text in enumerate(HOSTILE):
        event = await says(driver, text)
        answer = f"Réponse {number}, vous avez dit : "
        await driver.network.send(
            Outgoing(
                f"h{number}",
                event.conversation,
                f"{answer}{escape(text)}",
                "notice",
                author=text,
            )
        )
        if text != event.text or f"{answer}{text}" not in await driver.shown():
            changed.append(text)
    assert [] == changed
