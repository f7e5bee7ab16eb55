"""Requests to the REST API."""

from __future__ import annotations

import json
from typing import Any, Mapping, Optional, Union

import httpx

from .errors import PieCrustError, Refused

Value = Union[str, int, bool, "list[str]", None]


class Transport:
    """Asks one program, with one token.

    Connections are kept open between requests. An answer that is no result becomes ``Refused``.
    """

    def __init__(self, address: str, token: str, timeout: float = 600.0) -> None:
        """Nothing is asked yet.

        ``address`` is such as ``https://piecrust.example.org``; ``timeout`` is in seconds.
        """
        self.address = address.rstrip("/")
        self._client = httpx.Client(
            base_url=self.address,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout, connect=10.0),
            trust_env=not self.address.startswith("http://127.0.0.1"),
        )

    def json(
        self,
        method: str,
        path: str,
        query: Optional[Mapping[str, Value]] = None,
        body: Optional[Mapping[str, Any]] = None,
    ) -> Any:
        """The answer's JSON."""
        return json.loads(self._ask(method, path, "application/json", query, body))

    def text(
        self, method: str, path: str, accept: str, query: Optional[Mapping[str, Value]] = None
    ) -> str:
        """The answer's text."""
        return self._ask(method, path, accept, query, None).decode()

    def content(
        self, method: str, path: str, accept: str, query: Optional[Mapping[str, Value]] = None
    ) -> bytes:
        """The answer as it is."""
        return self._ask(method, path, accept, query, None)

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()

    def _ask(
        self,
        method: str,
        path: str,
        accept: str,
        query: Optional[Mapping[str, Value]],
        body: Optional[Mapping[str, Any]],
    ) -> bytes:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        try:
            answer = self._client.request(
                method,
                path,
                params={k: _written(v) for k, v in given.items()},
                json=body,
                headers={"Accept": f"{accept}, application/problem+json"},
            )
        except httpx.HTTPError as e:
            raise PieCrustError(f"{self.address} does not answer: {e or type(e).__name__}") from e
        if answer.status_code >= 400:
            raise Refused(answer.status_code, _detail(answer))
        return answer.content


def _written(value: Value) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.request.url} answered with status {answer.status_code}"
