"""What can go wrong, as exceptions whose text is one sentence."""

from __future__ import annotations


class PieCrustError(Exception):
    """The program refused, or could not be asked."""


class Refused(PieCrustError):
    """An answer of the program that is not a result.

    ``status`` is the status of HTTP, and ``detail`` the sentence that says what was expected.
    """

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class NotStarted(PieCrustError):
    """The program is not there, or it ended before it answered."""


class NotFinished(PieCrustError):
    """A campaign stopped without being finished, or took longer than was allowed."""
