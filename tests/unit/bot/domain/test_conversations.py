import pytest

from bot.domain.conversations import ConversationKind, ConversationRef


@pytest.mark.parametrize(
    ("conversation", "name", "kind", "reference", "portal"),
    [
        (
            ConversationRef.room("matrix", "UV-7K3Q"),
            "room:UV-7K3Q",
            ConversationKind.ROOM,
            "UV-7K3Q",
            None,
        ),
        (
            ConversationRef.team("web", "sosponts"),
            "team:sosponts",
            ConversationKind.TEAM,
            None,
            "sosponts",
        ),
        (
            ConversationRef.private("matrix", "@a:server"),
            "@a:server",
            ConversationKind.PRIVATE,
            None,
            None,
        ),
        (ConversationRef.chat("web", "s"), "chat:s", ConversationKind.PRIVATE, None, None),
        (ConversationRef.desk("web", 7), "desk:7", ConversationKind.PRIVATE, None, None),
        (ConversationRef("web", "room"), "room", ConversationKind.PRIVATE, None, None),
    ],
)
def test_a_name_tells_who_talks_there(
    conversation: ConversationRef,
    name: str,
    kind: ConversationKind,
    reference: str | None,
    portal: str | None,
) -> None:
    assert (name, kind) == (conversation.name, conversation.kind)
    assert (reference, portal) == (conversation.reference, conversation.portal)
    assert (kind is not ConversationKind.PRIVATE) == conversation.is_shared


def test_an_invitation_names_who_is_invited() -> None:
    invitation = ConversationRef.invitation("matrix", "@a:server")
    assert ("invite:@a:server", "@a:server") == (invitation.name, invitation.invited)


def test_a_chat_on_the_pages_has_a_session_and_nothing_else_has() -> None:
    assert "s:1" == ConversationRef.chat("web", "s:1").session
    assert None is ConversationRef.desk("web", 7).session
    assert None is ConversationRef.private("telegram", "101").session
