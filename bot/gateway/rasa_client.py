"""Talks with the two servers behind the gateway."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import msgspec

from bot.gateway import errors
from bot.gateway.contract import error_message, read_rasa_reply
from bot.rest_text import escape

log = logging.getLogger(__name__)

PROBE_SENDER = "health"
PROBE_TEXT = "สวัสดี"
FAILED = error_message(
    "ขออภัยค่ะ ระบบตอบข้อความนี้ไม่สำเร็จ กรุณาลองพิมพ์ใหม่ให้สั้นลงหรือใช้คำอื่น ถ้ายังไม่ได้ ให้เริ่มบทสนทนาใหม่หรือแจ้งผู้ดูแลระบบ"
)


class RasaClient:
    """Rasa's REST channel, and whether it and the action server are up."""

    def __init__(self, http: httpx.AsyncClient, rasa_url: str, actions_url: str) -> None:
        self._http, self._rasa_url, self._actions_url = http, rasa_url.rstrip("/"), actions_url.rstrip("/")
        self._answered = False

    async def ask(self, sender: str, text: str) -> list[dict[str, Any]]:
        """The messages to a text: one of status `error` when the bot behind failed.

        Raises ApiError 503 when it is not there or takes too long.
        """
        try:
            response = await self._http.post(
                f"{self._rasa_url}/webhooks/rest/webhook", json={"sender": sender, "message": escape(text)}
            )
            messages = read_rasa_reply(response.raise_for_status().content)
        except httpx.TransportError as error:
            self._answered = False
            log.error("Rasa does not answer: %r", error)
            late = isinstance(error, httpx.TimeoutException)
            raise errors.not_ready("no answer in time" if late else "Rasa is down") from error
        except (httpx.HTTPStatusError, msgspec.DecodeError) as error:
            self._answered = False
            log.error("Rasa's reply is unusable: %r", error)
            return [FAILED]
        self._answered = True
        return messages

    async def check(self) -> None:
        """Returns when a question would be answered. Raises ApiError 503 with the reason otherwise.

        Both servers must be up; unless the last turn was answered, one is tried from end to end.
        """
        await self._up(f"{self._actions_url}/health", "the action server is down")
        await self._up(f"{self._rasa_url}/webhooks/rest/", "Rasa is starting or down")
        if not self._answered and await self.ask(PROBE_SENDER, PROBE_TEXT) == [FAILED]:
            raise errors.not_ready("Rasa has no model, or its action failed")

    async def _up(self, url: str, reason: str) -> None:
        try:
            (await self._http.get(url)).raise_for_status()
        except httpx.HTTPError as error:
            raise errors.not_ready(reason) from error
