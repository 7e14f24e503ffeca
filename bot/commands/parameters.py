"""Values on the command line that are more than text."""

from datetime import UTC, datetime
from typing import Any

import click

from bot.balance.identity import Member

_EARLIEST, _LATEST = 1970, 9000


class MemberParameter(click.ParamType[Member]):
    """`PLATFORM:ID`, as in the contract."""

    name = "platform:id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Member:
        """Return the member.

        Raises:
            click.BadParameter: the value names no member.
        """
        try:
            return value if isinstance(value, Member) else Member.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class MomentParameter(click.ParamType[datetime]):
    """A moment in ISO 8601; without a time zone it is UTC."""

    name = "iso-8601"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment with its time zone.

        Raises:
            click.BadParameter: the value is no moment.
        """
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no moment like 2026-11-17T09:30:00Z", param, ctx)
        if not _EARLIEST < moment.year < _LATEST:  # the windows before it must be dates, too
            self.fail(f"{value!r} is no moment after {_EARLIEST} and before {_LATEST}", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
