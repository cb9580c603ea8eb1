"""Who takes part, and where they can be reached."""

from bot.domain.people import Address
from tests.support.invented import MONDAY, days, person


def test_a_person_is_reached_at_their_latest_address_that_works() -> None:
    someone = person()
    later = Address("matrix", "!a:exemple.fr", "@m:exemple.fr", MONDAY + days(1))
    someone.addresses.append(later)
    assert later is someone.reachable
    later.unreachable_since = MONDAY + days(2)
    assert someone.addresses[0] is someone.reachable


def test_a_person_is_reached_where_they_wrote_from_last() -> None:
    someone = person()
    someone.addresses.append(Address("matrix", "@m:exemple.fr", "@m:exemple.fr", MONDAY + days(1)))
    someone.addresses[0].last_word_at = MONDAY + days(2)
    assert someone.addresses[0] is someone.reachable


def test_a_person_without_working_address_cannot_be_reached() -> None:
    assert person(reachable=False).reachable is None
