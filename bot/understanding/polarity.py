"""Yes or no, for a reply to a question."""

from __future__ import annotations

import re
from typing import Literal

Polarity = Literal["yes", "no"]
_END = r"(?=$|[\s,.!~]|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|ฮะ|นะ|แล้ว|เลย|อยู่|แน่นอน|สิ|ซิ|อะ|อ่ะ|ๆ)"
_NO = re.compile(
    rf"^(?:อ๋อ|อ่อ|เอ่อ|คือ|ก็|ตอนนี้|จริงๆ)?\s?(?:ไม่ใช่|ไม่มี|ไม่ถึง|ไม่ครบ|ไม่ผ่าน|ไม่เคย|ไม่ได้(?!ไหม)|ยังไม่(?:มี|ถึง|ครบ|ผ่าน|เคย|ได้|ใช่|เป็น)?|ยัง(?:เลย)?|ไม่เอา|ไม่เป็น|ไม่จบ|ไม่|เปล่า|no|nope|ม่าย|บ่){_END}",
    re.IGNORECASE,
)
_YES = re.compile(
    rf"^(?:อ๋อ|อ่อ|เอ่อ|ก็|ตอนนี้)?\s?(?:ใช่|มี|ถึง|ครบ|ผ่าน|เคย|ได้|เป็น|จบ|ถูกต้อง|ถูก|โอเค|ตกลง|แน่นอน|yes|yep|ok|ครับผม|อืม|อือ|อื้อ|ช่าย|ชัวร์|เอา){_END}",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"ไหม|มั้ย|มัย$|หรือเปล่า|หรือไม่|หรือยัง|รึยัง|รึเปล่า|ป่ะ|ปะ$|เหรอ|อะไร|ยังไง|อย่างไร|เท่าไ|เท่าใด|กี่|ทำไม|\?"
    r"|ใคร|ผู้ใด|ที่ไหน|ตอนไหน|เมื่อไ|เมื่อใด|อันไหน|แบบไหน|ข้อไหน|ขอทราบ|อยากรู้|อยากทราบ|ล่ะ$"
)


def asks(normalised: str) -> bool:
    """Tell whether a normalised message holds a question word."""
    return bool(_ASKS.search(normalised))


def polarity(normalised: str) -> Polarity | None:
    """Tell whether a normalised message opens with a yes or a no; None for a question or neither."""
    if asks(normalised):
        return None
    if _NO.match(normalised):
        return "no"
    return "yes" if _YES.match(normalised) else None
