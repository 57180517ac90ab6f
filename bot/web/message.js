// One message of the bot as nodes.

import { el, icon, linesLabel, list, plain } from "./dom.js";

const STATUS = {
  answer: ["book", "คำตอบ"],
  verdict: ["book", "ผลการพิจารณา"],
  question: ["ask", "ถามกลับ"],
  clarify: ["ask", "ถามกลับ"],
  not_covered: ["silent", "ไม่มีในเอกสาร"],
  error: ["warn", "ขัดข้อง"],
};

const DECISION = {
  eligible: ["check", "เข้าเกณฑ์"],
  not_eligible: ["cross", "ยังไม่เข้าเกณฑ์"],
  need_more: ["unknown", "ต้องการข้อมูลเพิ่ม"],
  silent: ["silent", "เอกสารไม่ได้กำหนด"],
};

const CRITERION = {
  met: ["check", "ครบ"],
  unmet: ["cross", "ยังไม่ครบ"],
  unknown: ["unknown", "ยังไม่ทราบ"],
};

const CITES_SHOWN = 4;

const own = (table, key) => (Object.hasOwn(table, key) ? key : null);

function statusLine(message) {
  const status = own(STATUS, message.status);
  if (!status) return null;
  const decided = own(DECISION, message.verdict?.decision);
  const decision = status === "verdict" || (status === "not_covered" && decided === "silent") ? decided : null;
  const [picture, label] = decision ? DECISION[decision] : STATUS[status];
  return el("p", { class: `status ${decision ?? status}` }, icon(picture), decision ? `ผลการพิจารณา: ${label}` : label);
}

function pair(term, value) {
  return value ? el("div", {}, el("dt", {}, term), el("dd", {}, value)) : null;
}

function criterionItem(criterion, onCite) {
  const status = own(CRITERION, criterion.status) ?? "unknown";
  const [picture, label] = CRITERION[status];
  const cited = [criterion.citation].flat().filter((citation) => citation?.document);
  return el(
    "li",
    { class: status },
    el("p", { class: "mark" }, icon(picture), label),
    el("p", { class: "label" }, plain(criterion.label)),
    el("dl", {}, pair("เกณฑ์", plain(criterion.required)), pair("ข้อมูลของคุณ", plain(criterion.given) || "ยังไม่มี")),
    ...cited.map((citation) => citeButton(citation, onCite)),
  );
}

function criteriaSummary(criteria) {
  const count = (status) => criteria.filter((criterion) => criterion.status === status).length;
  const parts = Object.keys(CRITERION).filter(count).map((status) => `${CRITERION[status][1]} ${count(status)}`);
  return `เกณฑ์ ${criteria.length} ข้อ (${parts.join(", ")})`;
}

function reasons(verdict, onCite) {
  const criteria = list(verdict?.criteria);
  if (criteria.length === 0) return null;
  const items = criteria.map((criterion) => criterionItem(criterion, onCite));
  return el("details", { class: "reasons" }, el("summary", {}, criteriaSummary(criteria)), el("ul", {}, ...items));
}

function unfold(more) {
  const text = plain(more);
  return text && el("details", {}, el("summary", {}, "รายละเอียดเพิ่มเติม"), el("p", { class: "text" }, text));
}

/** The notes that the text does not tell already. */
function noteList(notes, text) {
  const untold = list(notes).map(plain).filter((note) => !text.includes(note));
  const items = untold.map((note) => el("li", {}, icon("note"), el("span", {}, note)));
  return items.length ? el("ul", { class: "notes", "aria-label": "ข้อสังเกต" }, ...items) : null;
}

function citeButton(citation, onCite) {
  const place = [plain(citation.section), linesLabel(citation.lines)].filter(Boolean).join(", ");
  return el(
    "button",
    { type: "button", class: "cite", "aria-haspopup": "dialog", onclick: () => onCite(citation) },
    icon("book"),
    el("span", {}, el("span", { class: "hidden" }, "ดูที่มา: "), place || "ดูที่มา"),
  );
}

/** Buttons, each document's under its title. */
function citeRows(citations, onCite) {
  const title = (citation) => plain(citation?.short_title ?? citation?.title);
  return citations.flatMap((citation, at) => {
    const heading = title(citation) === title(citations[at - 1]) ? null : el("p", { class: "from" }, title(citation));
    return [heading, citeButton(citation, onCite)].filter(Boolean);
  });
}

function citationList(citations, onCite) {
  const cited = list(citations);
  if (cited.length === 0) return null;
  const rest = cited.slice(CITES_SHOWN);
  const others =
    rest.length > 0
      ? el("details", {}, el("summary", {}, `ที่มาอีก ${rest.length} แห่ง`), el("div", { class: "cites" }, ...citeRows(rest, onCite)))
      : null;
  const first = el("div", { class: "cites" }, ...citeRows(cited.slice(0, CITES_SHOWN), onCite));
  return el("div", { class: "citations", role: "group", "aria-label": "ที่มา" }, first, others);
}

function choiceList(choices, onChoice) {
  const buttons = list(choices).map((choice) =>
    el("button", { type: "button", class: "choice", onclick: (event) => onChoice(choice, event) }, plain(choice.label)),
  );
  if (buttons.length === 0) return null;
  return el("div", { class: "choices", role: "group", "aria-label": "ตัวเลือก", tabindex: "-1" }, ...buttons);
}

/** The message as one bubble. `onCite(citation)` and `onChoice(choice, event)` are called when a button is used. */
export function messageBubble(message, { onCite, onChoice }) {
  return el(
    "div",
    { class: "bubble" },
    statusLine(message),
    el("p", { class: "text" }, plain(message.text)),
    reasons(message.verdict, onCite),
    unfold(message.more),
    noteList(message.notes, plain(message.text)),
    citationList(message.citations, onCite),
    choiceList(message.choices, onChoice),
  );
}
