"""Waking the open pages that wait for news."""

from bot.networks.web.site import LivePages


def test_news_wakes_the_pages_of_that_conversation_only() -> None:
    pages = LivePages()
    with pages.wait_for("a") as here, pages.wait_for("a") as too, pages.wait_for("b") as other:
        pages.wake("a")

        assert (True, True, False) == (here.is_set(), too.is_set(), other.is_set())
        assert 3 == pages.count


def test_a_page_that_left_is_counted_no_more() -> None:
    pages = LivePages()
    with pages.wait_for("a"):
        pass
    pages.wake("a")

    assert 0 == pages.count


def test_all_can_be_woken_at_once() -> None:
    pages = LivePages()
    with pages.wait_for("a") as here, pages.wait_for("b") as there:
        pages.wake_all()

        assert here.is_set()
        assert there.is_set()
