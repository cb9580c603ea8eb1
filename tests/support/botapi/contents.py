"""Contents of messages that are not words, as Telegram describes them."""

from typing import Any

Json = dict[str, Any]

PHOTO = b"\xff\xd8\xff\xe0 a photograph"
PHOTO_SIZES = ((90, 60), (320, 240), (1280, 960))

CONTENTS: dict[str, Json] = {
    "voice": {"voice": {"duration": 3, "mime_type": "audio/ogg"}},
    "sticker": {
        "sticker": {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "😀",
        }
    },
    "video": {"video": {"width": 640, "height": 480, "duration": 4}},
    "video_note": {"video_note": {"length": 240, "duration": 4}},
    "audio": {"audio": {"duration": 200, "mime_type": "audio/mpeg"}},
    "poll": {
        "poll": {
            "id": "55001",
            "question": "Quel jour ?",
            "options": [
                {"persistent_id": "a", "text": "Lundi", "voter_count": 0},
                {"persistent_id": "b", "text": "Mardi", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "contact": {"contact": {"phone_number": "+33000000000", "first_name": "Camille"}},
    "location": {"location": {"latitude": 50.017, "longitude": 4.048}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
}
"""Contents that are not words, as Telegram describes them; those that are files have a file too."""

FILES = frozenset({"voice", "sticker", "video", "video_note", "audio"})

_FILM = b"\x00\x00\x00\x18ftypmp42 a film"
RECORDED = {
    "voice": ("audio/ogg", b"OggS a voice"),
    "audio": ("audio/mpeg", b"ID3 a sound"),
    "video": ("video/mp4", _FILM),
    "video_note": ("video/mp4", _FILM),
}
"""The media types and contents of those that are recordings."""

_RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users "
    "can_post_stories can_edit_stories can_delete_stories can_pin_messages can_manage_topics "
    "can_send_welcome_messages"
).split()


def rights() -> Json:
    """The rights of an administrator, who is not anonymous."""
    return {right: right not in {"can_be_edited", "is_anonymous"} for right in _RIGHTS}
