"""What `/metrics` says, in Prometheus' text format."""

from collections import Counter


class Metrics:
    """Counts what arrives, by kind; nobody and no channel is told apart."""

    def __init__(self) -> None:
        self._received: Counter[str] = Counter()

    def received(self, kind: str) -> None:
        """Count one arrival, such as an event or a command."""
        self._received[kind] += 1

    def text(self, health: dict[str, bool]) -> str:
        """Return the page.

        Args:
            health: each part of the installation, True where it works.
        """
        lines = [
            "# HELP checkpost_slack_received_total What Slack delivered.",
            "# TYPE checkpost_slack_received_total counter",
        ]
        lines += [
            f'checkpost_slack_received_total{{kind="{kind}"}} {count}'
            for kind, count in sorted(self._received.items())
        ]
        lines += ["# HELP checkpost_up Whether a part works.", "# TYPE checkpost_up gauge"]
        lines += [f'checkpost_up{{part="{part}"}} {int(works)}' for part, works in sorted(health.items())]
        return "\n".join(lines) + "\n"
