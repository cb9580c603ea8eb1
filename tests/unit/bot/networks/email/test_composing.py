"""The shape of a mail."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.networks.email.composing import as_bytes, compose, message_id
from bot.networks.email.settings import EmailSettings
from bot.ports.email_links import Envelope
from bot.ports.network import Choice, Outgoing, Target
from config.texts import load_texts

SITE = "https://filrouge.exemple.fr"
SETTINGS = EmailSettings("smtp.exemple.fr", 587, "fil@exemple.fr", reply_to="equipe@exemple.fr")
PLACE = ConversationRef("email", "mairie@fourmies.exemple.fr")
QUESTION = Outgoing(
    "web:e1:2",
    PLACE,
    "Où en est la **filature** ?\n> <b>citée</b> & co",
    "relay",
    author="Claire <Morel> (EPF)",
    choices=(Choice("mark:UV-7K3Q:1:done", "Fait"), Choice("mark:UV-7K3Q:1:blocked", "Bloqué")),
)
ENVELOPE = Envelope(
    "Filature – Fourmies",
    (f"{SITE}/courriel/{'a' * 300}", f"{SITE}/courriel/{'b' * 300}"),
    f"{SITE}/courriel/{'s' * 300}",
    f"{SITE}/acces/retour",
)


def mail_of(outgoing: Outgoing = QUESTION, envelope: Envelope = ENVELOPE) -> EmailMessage:
    """The mail as its reader's program takes it apart."""
    sent = as_bytes(compose(outgoing, envelope, SETTINGS, load_texts()))
    return message_from_bytes(sent, _class=EmailMessage, policy=policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_what_people_set_off_is_so_in_html_and_its_addresses_are_in_the_text() -> None:
    text = "\\/un\\/ \\(https://x.fr/?a&b\\)le guide\\; \\|fin\\|\n\\- deux\n> trois"
    mail = mail_of(replace(QUESTION, text=text))

    assert "un le guide (https://x.fr/?a&b) fin\n- deux\n> trois" in part(mail, "plain").replace(
        "\r", ""
    )
    html = part(mail, "html")
    assert '<em>un</em> <a href="https://x.fr/?a&amp;b">le guide</a> <span>fin</span>' in html
    assert "<ul><li>deux</li></ul>" in html
    assert '<blockquote><p dir="auto">trois</p></blockquote>' in html


def test_the_headers_say_from_whom_to_whom_about_what_and_that_a_machine_wrote() -> None:
    mail = mail_of()

    expected = {
        "From": "Fil Rouge <fil@exemple.fr>",
        "To": "mairie@fourmies.exemple.fr",
        "Reply-To": "equipe@exemple.fr",
        "Subject": "Filature – Fourmies",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{ENVELOPE.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert expected == {name: mail[name] for name in expected}
    assert "multipart/alternative" == mail.get_content_type()


def test_long_links_of_headers_travel_whole() -> None:
    sent = as_bytes(compose(QUESTION, ENVELOPE, SETTINGS, load_texts()))

    assert f"List-Unsubscribe: <{ENVELOPE.stop}>\r\n".encode() in sent


def test_both_parts_carry_the_words_the_author_and_every_link() -> None:
    mail = mail_of()
    text, html = part(mail, "plain"), part(mail, "html")

    for link in (*ENVELOPE.answers, ENVELOPE.stop, str(ENVELOPE.back)):
        assert (1, 1) == (text.count(link), html.count(f'href="{link}"'))
    assert "Où en est la filature ?" in text
    assert "Où en est la <strong>filature</strong> ?" in html
    assert "Claire <Morel> (EPF)" in text
    assert "Claire &lt;Morel&gt; (EPF)" in html
    assert "<b>" not in html
    assert all(choice.label in text and choice.label in html for choice in QUESTION.choices)


def test_a_file_is_named_and_said_to_be_in_the_conversation() -> None:
    plan = Attachment("ab" * 32, "plan <1>.pdf", "application/pdf", 12)

    mail = mail_of(replace(QUESTION, attachment=plan))

    assert "plan <1>.pdf" in part(mail, "plain").replace("\r", "")
    assert "plan &lt;1&gt;.pdf" in part(mail, "html")


def test_without_a_conversation_nothing_leads_back() -> None:
    mail = mail_of(envelope=replace(ENVELOPE, back=None))

    assert "/acces/" not in part(mail, "plain") + part(mail, "html")


def test_the_message_id_is_that_of_the_key() -> None:
    other = replace(QUESTION, key="web:e1:3")

    assert message_id("web:e1:2", "exemple.fr") == mail_of()["Message-ID"]
    assert mail_of()["Message-ID"] != mail_of(other)["Message-ID"]


def test_an_answer_names_the_mail_it_answers() -> None:
    mail = mail_of(replace(QUESTION, target=Target(remote_id="<abc@exemple.fr>")))

    assert "<abc@exemple.fr>" == mail["In-Reply-To"] == mail["References"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x00"])
def test_what_people_wrote_never_begins_a_header(end: str) -> None:
    title = f"Pont{end}Bcc: victime@exemple.fr"
    mail = mail_of(
        replace(QUESTION, author=f"Claire{end}Bcc: victime@exemple.fr"),
        replace(ENVELOPE, title=title),
    )

    assert None is mail["Bcc"]
    assert "Pont Bcc: victime@exemple.fr" == mail["Subject"]


def test_without_a_project_the_subject_is_ours() -> None:
    assert "Un message de Fil Rouge" == mail_of(envelope=replace(ENVELOPE, title=""))["Subject"]


def test_a_long_title_makes_a_subject_of_bounded_length() -> None:
    assert 150 == len(mail_of(envelope=replace(ENVELOPE, title="é" * 400))["Subject"])


def test_half_a_character_does_not_stop_a_mail() -> None:
    assert "Bonjour ?" in part(mail_of(replace(QUESTION, text="Bonjour \ud83d")), "plain")
