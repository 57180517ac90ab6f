"""The errors of the contract: `{"error": {"code", "message"}}`, the message in Thai and English with the next step."""

from __future__ import annotations

import logging
import math

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

log = logging.getLogger(__name__)


class ApiError(Exception):
    """Ends a request with an error of the contract. `retry_after` is in seconds."""

    def __init__(self, status: int, code: str, message: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after

    def response(self) -> JSONResponse:
        """The error as it goes out."""
        headers = {} if self.retry_after is None else {"Retry-After": str(max(1, math.ceil(self.retry_after)))}
        return JSONResponse({"error": {"code": self.code, "message": self.message}}, self.status, headers)


def malformed() -> ApiError:
    """The body is no JSON."""
    return ApiError(400, "malformed_json", "อ่านคำขอไม่ได้ เนื้อหาต้องเป็น JSON (UTF-8) / The body must be JSON in UTF-8.")


def wrong_type(what: str) -> ApiError:
    """A field is missing or of the wrong type; `what` names it in English."""
    return ApiError(
        400,
        "wrong_type",
        "คำขอไม่ถูกรูปแบบ ต้องมี text เป็นข้อความ และ session เป็นข้อความหรือ null / "
        f"Give text as a string and session as a string or null: {what}",
    )


def too_long(limit: int) -> ApiError:
    """The text or the body is too long."""
    return ApiError(
        413,
        "too_long",
        f"ข้อความยาวเกิน {limit:,} ตัวอักษร กรุณาตัดให้สั้นลง / The text is over {limit:,} characters: shorten it.",
    )


def not_json() -> ApiError:
    """The content type is not JSON."""
    return ApiError(415, "not_json", "ต้องส่งแบบ Content-Type: application/json / Send Content-Type: application/json.")


def too_fast(retry_after: float) -> ApiError:
    """A limit was reached; it is free again in `retry_after` seconds."""
    message = "ส่งถี่เกินไป กรุณารอสักครู่แล้วลองใหม่ / Too many requests: wait a moment and try again."
    return ApiError(429, "too_fast", message, retry_after)


def not_ready(reason: str) -> ApiError:
    """A server behind the gateway does not answer; `reason` is English."""
    message = f"ระบบยังไม่พร้อมตอบ กรุณารอสักครู่แล้วลองใหม่ / The bot is not ready ({reason}): try again in a moment."
    return ApiError(503, "not_ready", message, retry_after=5)


def no_such_place() -> ApiError:
    """The asked document or lines do not exist."""
    return ApiError(404, "not_found", "ไม่พบเอกสารหรือบรรทัดที่ขอ / No such document or lines.")


async def on_api_error(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for ApiError."""
    assert isinstance(error, ApiError)
    return error.response()


async def on_http_error(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for a wrong path or method."""
    assert isinstance(error, HTTPException)
    names = {404: "ไม่พบหน้าที่ขอ / Not found.", 405: "ใช้วิธีเรียกนี้ไม่ได้ / Method not allowed."}
    body = {"error": {"code": f"http_{error.status_code}", "message": names.get(error.status_code, error.detail)}}
    return JSONResponse(body, error.status_code, error.headers)


async def on_crash(_request: Request, _error: Exception) -> JSONResponse:
    """Starlette's handler for anything unforeseen; Starlette logs the traceback, the client sees none of it."""
    return ApiError(500, "internal", "ระบบขัดข้อง กรุณาลองใหม่ภายหลัง / Something failed here: try again later.").response()
