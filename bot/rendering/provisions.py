"""Provisions in Thai: what is asked first, the list when a list is the answer."""

from __future__ import annotations

from knowledge.model import Item, Provision

LIST_ASPECTS = frozenset(
    {
        "list",
        "condition",
        "steps",
        "committee",
        "level",
        "difference",
        "evidence",
        "duty",
        "qualification",
        "window",
        "topic",
    }
)


def provision_text(provision: Provision, items: list[Item]) -> str:
    """The statement; with `items` asked by name, those first and what being in the list means."""
    if items:
        return items_text(provision, items)
    parts = [provision.says]
    if provision.items and provision.aspect in LIST_ASPECTS:
        parts += [item_line(item) for item in provision.items]
    if provision.derived:
        parts.append("(ข้อสรุปนี้คำนวณหรือรวบรวมจากบรรทัดที่อ้าง เอกสารไม่ได้เขียนไว้ตรงๆ)")
    return "\n".join(parts)


def items_text(provision: Provision, items: list[Item]) -> str:
    """The items that were asked about, and the effect of standing in the list."""
    lines = [item_line(item) for item in items]
    if provision.membership:
        return "\n".join(["อยู่ในรายการค่ะ", *lines, provision.membership.in_list])
    return "\n".join([*lines, provision.says] if len(provision.items) > len(items) else [provision.says, *lines])


def item_line(item: Item) -> str:
    """`(15) ประโยคครู...` with its note."""
    number = f"({item.number}) " if item.number else "- "
    return f"{number}{item.label}" + (f" {item.note}" if item.note else "")
