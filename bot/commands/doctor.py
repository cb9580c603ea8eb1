"""filrouge doctor: tries what the settings name, and says what to do about each fault."""

import asyncio
from collections.abc import Iterator

import typer

from bot.commands.checks.database import check_database, check_teams
from bot.commands.checks.machine import check_data_folder, check_disk, compare_clocks
from bot.commands.checks.web import check_port, check_public_address, date_of
from bot.commands.stores import utc_now
from bot.networks.matrix.rooms.known_rooms import portal_of_space
from bot.ports.checkup import Finding, Level
from config.portals import load_portals
from config.settings import Settings, load
from storage.read_models.inspection import Looked

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def doctor() -> None:
    """Try everything the settings name: database, data folder, web address, networks, clocks.

    Nothing is changed, nothing is sent. Ends with 1 if something does not work.
    """
    findings = asyncio.run(_examine(load()))
    for finding in findings:
        typer.echo(f"{finding.level.value:<8} {finding.what}: {finding.said}")
        if finding.todo:
            typer.echo(f"{'':<8} -> {finding.todo}")
    faults = sum(finding.level is Level.FAULT for finding in findings)
    warnings = sum(finding.level is Level.WARNING for finding in findings)
    typer.echo(f"{len(findings)} checks, {warnings} warnings, {faults} faults")
    raise typer.Exit(1 if faults else 0)


async def _examine(settings: Settings) -> list[Finding]:
    finding, looked = check_database(settings.database_url)
    findings = [finding]
    if looked and looked.now:
        findings.append(compare_clocks("database", looked.now, utc_now()))
    if looked and looked.known and looked.revision:
        portals = load_portals(settings.portals_dir, settings.rooms.network, settings.portals_off)
        findings += check_teams(looked, portals)
    findings += [check_data_folder(settings.data_dir), check_disk(settings.data_dir)]
    findings.append(await check_port(settings.web.host, settings.web.port))
    findings.append(await check_public_address(settings.web.public_url, demo=settings.demo))
    if settings.telegram.token.get_secret_value():
        findings += await _telegram(settings)
    if settings.matrix.homeserver:
        findings += await _matrix(settings, looked)
    if settings.email.host:
        findings += await _email(settings)
    return findings


async def _telegram(settings: Settings) -> list[Finding]:
    # Loaded where it is configured alone, as when the service runs.
    from bot.networks.telegram.checkup import checkup  # noqa: PLC0415

    telegram, secret = settings.telegram, settings.telegram.webhook_secret.get_secret_value()
    webhook_url = f"{settings.web.url}/telegram/{secret}" if secret else ""
    token, forums = telegram.token.get_secret_value(), dict(telegram.forums)
    findings = await checkup(token, telegram.base_url, webhook_url, forums)
    return findings + await _check_clock("telegram", telegram.base_url)


async def _matrix(settings: Settings, looked: Looked | None) -> list[Finding]:
    from bot.networks.matrix.checkup import CheckedAccount, checkup  # noqa: PLC0415

    matrix = settings.matrix
    findings = await checkup(
        CheckedAccount(
            homeserver=matrix.homeserver,
            user=matrix.user,
            folder=settings.data_dir / "matrix",
            access_token=matrix.access_token.get_secret_value(),
            has_password=bool(matrix.password.get_secret_value()),
            allowed_servers=matrix.allowed_servers,
            per_minute=settings.outbox.pace.matrix.per_minute,
            spaces=dict(_spaces(looked)),
        )
    )
    versions = f"{matrix.homeserver}/_matrix/client/versions"
    return findings + await _check_clock("matrix", versions)


async def _email(settings: Settings) -> list[Finding]:
    from bot.composition.networks import email_settings  # noqa: PLC0415
    from bot.networks.email.checkup import checkup  # noqa: PLC0415

    return await checkup(email_settings(settings))


async def _check_clock(network: str, url: str) -> list[Finding]:
    """No finding if the server does not tell the time: another check says whether it answers."""
    theirs = await date_of(url)
    return [compare_clocks(network, theirs, utc_now())] if theirs else []


def _spaces(looked: Looked | None) -> Iterator[tuple[str, str]]:
    """The portals that have a Space, with the id of its room."""
    for conversation, remote in (looked.remote_rooms if looked else {}).items():
        portal = portal_of_space(conversation)
        if portal is not None:
            yield portal, remote
