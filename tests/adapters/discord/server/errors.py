"""What Discord refuses."""

from typing import Any


class RefusedError(Exception):
    """Discord says no."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, **more}
