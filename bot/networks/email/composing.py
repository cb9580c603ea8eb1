"""Writes a message of ours as a mail. Pure: the same message always gives the same mail."""

import hashlib
import html
import re
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from bot.domain.wording import markup_html
from bot.domain.wording.markup import parse, plain
from bot.networks.email.settings import EmailSettings
from bot.ports.email_links import Envelope
from bot.ports.network import Outgoing
from config.texts import Texts

_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")
_SUBJECT_LENGTH = 150
# A mail cannot uncover what is hidden: it shows it.
_STYLE = markup_html.Style(markup_html.page_tags(spoiler="span"), paragraph=' dir="auto"')
# Some mail readers break a link where its header was folded: lines are as long as SMTP allows.
_UNFOLDED = policy.SMTP.clone(max_line_length=990)


def compose(
    outgoing: Outgoing, envelope: Envelope, settings: EmailSettings, texts: Texts
) -> EmailMessage:
    """The mail, to the address that is the conversation's name."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = Address(plain(texts("email.from")), addr_spec=settings.sender)
    mail["To"] = Address(addr_spec=outgoing.conversation.name)
    if settings.reply_to:
        mail["Reply-To"] = Address(addr_spec=settings.reply_to)
    mail["Subject"] = _subject(envelope, texts)
    mail["Message-ID"] = message_id(outgoing.key, settings.domain)
    if outgoing.target is not None and outgoing.target.remote_id is not None:
        answered = _one_line(outgoing.target.remote_id)
        mail["In-Reply-To"] = answered
        mail["References"] = answered
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = f"<{envelope.stop}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(_as_text(outgoing, envelope, texts))
    mail.add_alternative(_as_html(outgoing, envelope, texts), subtype="html")
    return mail


def as_bytes(mail: EmailMessage) -> bytes:
    """The mail as it is sent, no link broken over two lines."""
    return mail.as_bytes(policy=_UNFOLDED)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the message with that key."""
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
    return f"<{digest}@{domain}>"


def _subject(envelope: Envelope, texts: Texts) -> str:
    title = _one_line(envelope.title)
    key = "email.subject" if title else "email.subject_alone"
    return _one_line(plain(texts(key, title=title)))[:_SUBJECT_LENGTH]


def _one_line(words: str) -> str:
    """The words on one line, so that what people wrote cannot begin a header."""
    return _SPACES.sub(" ", words).strip()


def _as_text(outgoing: Outgoing, envelope: Envelope, texts: Texts) -> str:
    def say(key: str, **values: str) -> str:
        return plain(texts(key, **values))

    parts = [plain(outgoing.text)]
    if outgoing.author:
        parts.insert(0, say("email.said", author=outgoing.author))
    if outgoing.attachment is not None:
        parts.append(say("email.file", name=outgoing.attachment.name))
    if outgoing.choices:
        answers = zip(outgoing.choices, envelope.answers, strict=True)
        lines = [f"– {choice.label}\n  {address}" for choice, address in answers]
        parts.append("\n".join([say("email.choices"), *lines]))
    if envelope.back is not None:
        parts.append(f"{say('email.back')}\n{envelope.back}")
    parts += ["-- \n" + say("email.why"), f"{say('email.stop')}\n{envelope.stop}"]
    # A lone surrogate is no character: no mail can carry it.
    return "\n\n".join(parts).encode("utf-8", "replace").decode() + "\n"


def _as_html(outgoing: Outgoing, envelope: Envelope, texts: Texts) -> str:
    def say(key: str, **values: str) -> str:
        return html.escape(plain(texts(key, **values)))

    parts = [markup_html.as_html(parse(outgoing.text), _STYLE)]
    if outgoing.author:
        parts.insert(0, f"<p><strong>{say('email.said', author=outgoing.author)}</strong></p>")
    if outgoing.attachment is not None:
        parts.append(f"<p>{say('email.file', name=outgoing.attachment.name)}</p>")
    if outgoing.choices:
        answers = zip(outgoing.choices, envelope.answers, strict=True)
        items = "".join(f"<li>{_link(where, choice.label)}</li>" for choice, where in answers)
        parts.append(f"<p>{say('email.choices')}</p><ul>{items}</ul>")
    if envelope.back is not None:
        parts.append(f"<p>{_link(envelope.back, plain(texts('email.back')))}</p>")
    stop = _link(envelope.stop, plain(texts("email.stop")))
    parts.append(f"<hr><p><small>{say('email.why')}<br>{stop}</small></p>")
    body = "\n".join(parts).encode("utf-8", "replace").decode()
    return f'<!doctype html>\n<html lang="fr"><body>\n{body}\n</body></html>\n'


def _link(address: str, label: str) -> str:
    return f'<a href="{html.escape(address)}">{html.escape(label.removesuffix(" :").strip())}</a>'
