"""The scheduler as a whole over ten years: clocks change, settings change, the bot is down for days."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.scheduler.due import LATEST, Candidate, Due, Schedule, due_now, posting_moment
from bot.summaries.week import Week

START = datetime(2016, 1, 4, tzinfo=UTC)
END = datetime(2026, 1, 5, tzinfo=UTC)
STEP = timedelta(hours=1)
ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Lisbon",
        "America/New_York",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "Africa/Casablanca",
    )
]


@dataclass
class Simulation:
    """A clock, communities, and what was posted when; a claim is a key of `posted`."""

    candidates: list[Candidate]
    now: datetime = START

    def __post_init__(self):
        self.posted: dict[Due, datetime] = {}

    def look(self) -> None:
        for due in due_now(self.now, self.candidates):
            self.posted.setdefault(due, self.now)

    def weeks(self, community: int) -> list[Week]:
        return sorted(due.week for due in self.posted if due.community == community)


def communities() -> list[Candidate]:
    chance = random.Random(7)  # noqa: S311 - a simulation
    return [
        Candidate(number, Schedule(chance.randrange(7), chance.randrange(24), zone), START)
        for number, zone in enumerate(ZONES)
    ]


def test_every_week_is_posted_once_within_the_hour_whatever_clocks_do():
    simulation = Simulation(communities())
    while simulation.now < END:
        simulation.look()
        simulation.now += STEP
    for candidate in simulation.candidates:
        weeks = simulation.weeks(candidate.community)
        assert len(weeks) >= 520
        assert all(later == earlier.after() for earlier, later in pairwise(weeks))
        for week in weeks:
            moment = posting_moment(week, candidate.schedule)
            assert timedelta() <= simulation.posted[Due(candidate.community, week)] - moment < STEP
            assert moment >= week.bounds(candidate.schedule.zone)[1]


@pytest.mark.parametrize("seed", [5])
def test_down_for_days_a_week_is_late_by_two_days_at_most_or_left_out_and_never_posted_twice(seed):
    chance = random.Random(seed)  # noqa: S311 - a simulation
    simulation = Simulation(communities())
    late = left_out = 0
    while simulation.now < END:
        simulation.look()
        down = chance.random() < 0.02
        simulation.now += timedelta(hours=chance.uniform(24, 90)) if down else 3 * STEP
    for candidate in simulation.candidates:
        weeks = simulation.weeks(candidate.community)
        left_out += 521 - len(weeks)
        for week in weeks:
            waited = simulation.posted[Due(candidate.community, week)] - posting_moment(
                week, candidate.schedule
            )
            assert timedelta() <= waited <= LATEST
            late += waited > 3 * STEP
    assert late > 50
    assert left_out > 10


@pytest.mark.parametrize("seed", [5])
def test_changed_settings_take_effect_once_and_no_week_comes_before_it_is_over(seed):
    chance = random.Random(seed)  # noqa: S311 - a simulation
    simulation = Simulation(communities())
    while simulation.now < END:
        simulation.look()
        if chance.random() < 0.002:
            number = chance.randrange(len(simulation.candidates))
            changed = Schedule(chance.randrange(7), chance.randrange(24), chance.choice(ZONES))
            simulation.candidates[number] = replace(simulation.candidates[number], schedule=changed)
        simulation.now += 3 * STEP
    for candidate in simulation.candidates:
        weeks = simulation.weeks(candidate.community)
        assert len(weeks) == len(set(weeks)) > 450
        for week in weeks:
            # Whatever zone it was in then: the earliest Monday anywhere begins 14 hours before UTC's.
            over = week.after().monday().toordinal() * 24 - 14
            at = simulation.posted[Due(candidate.community, week)]
            assert at.toordinal() * 24 + at.hour >= over


def test_a_new_community_waits_for_its_first_full_week():
    (candidate, *_) = communities()
    simulation = Simulation([replace(candidate, since=START + timedelta(days=100, hours=5))])
    while not simulation.posted:
        simulation.look()
        simulation.now += STEP
    (due,) = simulation.posted
    assert due.week.bounds(candidate.schedule.zone)[0] >= START + timedelta(days=100, hours=5)
    assert due.week.before().bounds(candidate.schedule.zone)[0] < START + timedelta(days=100, hours=5)
