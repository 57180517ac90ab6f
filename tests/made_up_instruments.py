"""A small made-up knowledge: a library of instruments."""

from __future__ import annotations

from knowledge.model import (
    Aspect,
    Choice,
    Cite,
    DocumentFile,
    Fact,
    Item,
    Knowledge,
    Provision,
    RuleUnit,
    Source,
    Subject,
)

CITE = Cite(lines=(1, 1), document="instruments")

ASPECTS = [
    Aspect("validity", "อายุ", ["หมดอายุ", "ใช้ได้กี่ปี", "อายุกี่ปี"]),
    Aspect("fee", "ค่าธรรมเนียม", ["ค่าธรรมเนียม", "เสียเงินกี่บาท"]),
    Aspect("issuer", "ผู้ออก", ["ใครออก", "ออกโดยใคร"]),
    Aspect("list", "รายการ", ["มีอะไรบ้าง"]),
    Aspect("eligibility", "การมีสิทธิ", ["มีสิทธิไหม", "ขอได้ไหม"]),
]
SUBJECTS = [
    Subject("card", "บัตรสมาชิกดนตรี", ["บัตรดนตรี", "บ.ด."], ["guest_card"]),
    Subject("guest_card", "บัตรผู้เยี่ยมชมดนตรี", ["บัตรเยี่ยมชม"], ["card"]),
    Subject("loan", "การยืมเครื่องดนตรี", ["ยืมเครื่อง", "ยืมเครื่องดนตรี"]),
]
SAYS = {
    "card.validity": "บัตรสมาชิกดนตรีใช้ได้ 3 ปี",
    "card.fee": "บัตรสมาชิกดนตรีเสียค่าธรรมเนียม 80 บาท",
    "card.issuer": "ผู้จัดการหอดนตรีเป็นผู้ออกบัตรสมาชิกดนตรี",
    "guest_card.validity": "บัตรผู้เยี่ยมชมดนตรีใช้ได้ 1 วัน",
    "guest_card.fee": "เอกสารไม่ได้ระบุค่าธรรมเนียมของบัตรผู้เยี่ยมชม",
    "loan.list": "เครื่องที่ยืมได้มีไวโอลิน ขิม และระนาดเอก",
}
ASKS = {
    "card.validity": ["บัตรสมาชิกดนตรีหมดอายุเมื่อไหร่", "บัตรดนตรีใช้ได้กี่ปี", "อายุบัตรสมาชิกดนตรี",
        "บัตรดนตรีต้องทำใหม่ทุกกี่ปี"],
    "card.fee": ["ทำบัตรสมาชิกดนตรีเสียเงินกี่บาท", "ค่าธรรมเนียมบัตรดนตรีเท่าไหร่", "บัตรดนตรีแพงไหม", "ค่าบัตรสมาชิกดนตรี"],
    "card.issuer": ["ใครออกบัตรสมาชิกดนตรี", "บัตรดนตรีออกโดยใคร", "ไปทำบัตรดนตรีกับใคร", "ผู้ออกบัตรสมาชิกดนตรีคือใคร"],
    "guest_card.validity": ["บัตรเยี่ยมชมใช้ได้กี่วัน", "บัตรผู้เยี่ยมชมดนตรีหมดอายุเมื่อไหร่", "บัตรเยี่ยมชมใช้ข้ามวันได้ไหม"],
    "guest_card.fee": ["บัตรเยี่ยมชมเสียเงินกี่บาท", "ค่าธรรมเนียมบัตรผู้เยี่ยมชมดนตรี", "บัตรเยี่ยมชมฟรีไหม"],
    "loan.list": ["ยืมเครื่องดนตรีอะไรได้บ้าง", "เครื่องที่ให้ยืมมีอะไรบ้าง", "มีไวโอลินให้ยืมไหม", "รายการเครื่องดนตรีที่ยืมได้"],
    "loan.eligibility": [
        "ผมเป็นสมาชิกมา 2 ปี ขอยืมไวโอลินได้ไหม", "หนูเรียนดนตรีมา 6 เดือน ยืมเครื่องได้มั้ย",
        "ใครมีสิทธิยืมเครื่องดนตรีบ้าง", "เป็นสมาชิกกี่ปีถึงยืมเครื่องได้",
    ],
}  # fmt: skip
FACTS = [
    Fact("membership", "duration", "อายุสมาชิก", "เป็นสมาชิกมากี่ปี", words=["เป็นสมาชิกมา", "สมาชิก"], range=(0, 720)),
    Fact("practice", "duration", "ระยะเวลาเรียน", "เรียนมานานเท่าใด", words=["เรียนดนตรีมา", "เรียนมา", "ฝึกมา"]),
    Fact("players", "integer", "จำนวนนักดนตรี", "กี่คน", words=["นักดนตรี", "คนในวง"], unit="คน"),
    Fact("listeners", "integer", "จำนวนผู้ฟัง", "กี่คน", words=["ผู้ฟัง", "คนฟัง"], unit="คน"),
    Fact("halls", "integer", "จำนวนหอ", "กี่แห่ง", words=["หอดนตรี", "หอ"], unit="แห่ง"),
    Fact("deposit", "money", "เงินประกัน", "กี่บาท", words=["เงินประกัน", "มัดจำ"]),
    Fact("exam", "decimal", "คะแนนสอบ", "ร้อยละเท่าใด", words=["คะแนนสอบ", "สอบได้"], unit="ร้อยละ", range=(0, 100)),
    Fact("loan_date", "date", "วันที่ยืม", "ยืมวันใด", words=["ยืมวันที่", "ยืมเมื่อ"]),
    Fact(
        "insured",
        "bool",
        "มีประกัน",
        "มีประกันหรือไม่",
        true_words=["มีประกันเครื่อง", "ทำประกันแล้ว"],
        false_words=["ไม่มีประกันเครื่อง"],
    ),
    Fact(
        "level", "choice", "ระดับ", "ระดับใด", ordered=True,
        choices=[Choice("beginner", "ขั้นต้น", ["มือใหม่"]), Choice("master", "ขั้นครู", ["ระดับครูดนตรี"])],
    ),
    Fact(
        "owned", "set", "เครื่องที่มี", "มีเครื่องใด",
        choices=[Choice("khim", "ขิม"), Choice("violin", "ไวโอลิน"), Choice("ranad", "ระนาดเอก", ["ระนาด"])],
    ),
]  # fmt: skip
ITEMS = [
    Item("violin", "ไวโอลิน", CITE, ["ว.ล.น.", "วลน"]),
    Item("khim", "ขิม", CITE),
    Item("ranad", "ระนาดเอก (ร.น.อ.)", CITE),
]


def instruments() -> Knowledge:
    """Knowledge with every kind of fact, near names, abbreviations, a silent cell and a rule."""
    provisions = [
        Provision(
            id=unit, subject=unit.split(".")[0], aspect=unit.split(".")[1], says=says, cite=CITE,
            silent=says.startswith("เอกสารไม่ได้ระบุ"), items=ITEMS if unit == "loan.list" else [],
        )
        for unit, says in SAYS.items()
    ]  # fmt: skip
    rule = RuleUnit(
        id="loan.eligibility",
        subject="loan",
        aspect="eligibility",
        title="สิทธิยืมเครื่องดนตรี",
        inputs=["membership", "practice"],
    )
    document = DocumentFile("instruments", "ระเบียบหอดนตรี", "ระเบียบหอดนตรี", "ระเบียบ", Source("a.txt", "0"))
    return Knowledge(
        documents={document.document: document},
        sections=[],
        aspects={aspect.id: aspect for aspect in ASPECTS},
        subjects={subject.id: subject for subject in SUBJECTS},
        provisions={provision.id: provision for provision in provisions},
        facts={fact.id: fact for fact in FACTS},
        asks=dict(ASKS),
        rule_units={rule.id: rule},
        fingerprint="made up",
    )
