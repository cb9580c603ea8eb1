from dataclasses import replace

from bot.networks.matrix.checkup import CheckedAccount, checkup
from bot.ports.checkup import Finding, Level
from tests.support.matrix_assistant import Assistant
from tests.support.synapse import Synapse, call


def asked(helper: Assistant) -> CheckedAccount:
    settings = helper.settings
    return CheckedAccount(
        homeserver=settings.homeserver,
        user=settings.user,
        folder=settings.folder,
        access_token=settings.access_token or "",
        per_minute=60,
    )


async def found(account: CheckedAccount) -> dict[str, Finding]:
    return {finding.what: finding for finding in await checkup(account)}


def levels(findings: dict[str, Finding]) -> dict[str, Level]:
    return {what: finding.level for what, finding in findings.items()}


async def test_an_account_that_has_run_is_well_and_its_device_cross_signed(
    sealed: Assistant,
) -> None:
    async with sealed.running():
        pass
    findings = await found(asked(sealed))
    expected = dict.fromkeys(
        ("matrix servers", "matrix", "matrix account", "matrix device", "matrix limits"), Level.OK
    )
    assert expected == levels(findings)
    assert findings["matrix device"].said.endswith("is cross-signed")


async def test_an_account_that_never_ran_is_not_logged_in_by_looking(sealed: Assistant) -> None:
    account = replace(asked(sealed), folder=sealed.settings.folder / "none", access_token="")
    findings = await found(account)
    assert Level.WARNING is findings["matrix account"].level
    assert not account.folder.exists()


async def test_a_device_that_nobody_signed_is_a_warning(sealed: Assistant) -> None:
    account = replace(asked(sealed), access_token=sealed.account.access_token)
    assert Level.WARNING is (await found(account))["matrix device"].level


async def test_a_token_that_is_not_known_is_a_fault_and_is_not_repeated(sealed: Assistant) -> None:
    findings = await found(replace(asked(sealed), access_token="syt_inconnu"))
    assert Level.FAULT is findings["matrix account"].level
    assert "syt_inconnu" not in repr(findings)


async def test_a_removed_session_is_mended_by_the_service_where_there_is_a_password(
    sealed: Assistant,
) -> None:
    async with sealed.running():
        pass
    sealed.acts("POST", "/_matrix/client/v3/logout/all", {})
    without = (await found(replace(asked(sealed), access_token="")))["matrix account"]
    account = replace(asked(sealed), has_password=True)
    with_one = (await found(account))["matrix account"]
    assert (Level.FAULT, Level.WARNING) == (without.level, with_one.level)
    assert "set matrix.password" in (without.todo)
    assert "by itself" in (with_one.todo)


async def test_the_token_of_another_account_is_a_fault(server: Synapse, sealed: Assistant) -> None:
    other = server.register()
    findings = await found(replace(asked(sealed), access_token=other.access_token))
    assert Level.FAULT is findings["matrix account"].level


async def test_a_homeserver_that_does_not_answer_is_a_fault(sealed: Assistant) -> None:
    findings = await found(replace(asked(sealed), homeserver="http://127.0.0.1:9"))
    assert Level.FAULT is findings["matrix"].level


async def test_names_that_no_server_can_have_are_a_fault(sealed: Assistant) -> None:
    findings = await found(replace(asked(sealed), allowed_servers=("https://ami.test", "ami.test")))
    assert "no names of servers: https://ami.test" == findings["matrix servers"].said


async def test_limits_are_a_warning_until_they_are_lifted(server: Synapse) -> None:
    admin = server.register(admin=True)
    account = CheckedAccount(
        homeserver=server.base,
        user=admin.user_id,
        folder=server.folder / "none",
        access_token=admin.access_token,
    )
    assert "those of everybody" == (await found(account))["matrix limits"].said
    where = f"/_synapse/admin/v1/users/{admin.user_id}/override_ratelimit"
    lifted = {"messages_per_second": 0, "burst_count": 0}
    call(server.base, "POST", where, lifted, admin.access_token)
    assert Level.OK is (await found(account))["matrix limits"].level


async def test_an_ordinary_account_cannot_see_its_limits(server: Synapse) -> None:
    user = server.register()
    account = CheckedAccount(
        homeserver=server.base,
        user=user.user_id,
        folder=server.folder / "none",
        access_token=user.access_token,
    )
    assert Level.WARNING is (await found(account))["matrix limits"].level


async def test_a_space_whose_power_was_lost_is_a_warning(server: Synapse) -> None:
    ours, admin = server.register(), server.register()

    def opened(version: str) -> str:
        body = {"creation_content": {"type": "m.space"}, "room_version": version}
        answer = call(server.base, "POST", "/_matrix/client/v3/createRoom", body, ours.access_token)
        return str(answer["room_id"])

    old, new = opened("10"), opened("12")
    lost = {"users": {admin.user_id: 100}, "users_default": 0}
    where = f"/_matrix/client/v3/rooms/{old}/state/m.room.power_levels"
    account = CheckedAccount(
        homeserver=server.base,
        user=ours.user_id,
        folder=server.folder / "none",
        access_token=ours.access_token,
        spaces={"ancien": old, "nouveau": new, "perdu": "!ailleurs:essai.test"},
    )
    before = levels(await found(account))
    call(server.base, "PUT", where, lost, ours.access_token)
    after = levels(await found(account))
    assert (Level.OK, Level.OK) == (before["matrix space ancien"], before["matrix space nouveau"])
    assert (Level.WARNING, Level.OK) == (
        after["matrix space ancien"],
        after["matrix space nouveau"],
    )
    assert Level.FAULT is after["matrix space perdu"]
