// The panel that shows where an answer stands in its document. The dialog element keeps focus in and gives it back.

import { fetchCitation } from "./api.js";
import { el, icon, linesLabel, list, plain } from "./dom.js";

const dialog = document.getElementById("panel");
const body = document.getElementById("panel-body");
let shown = null; // the citation on show: a late reply for another one is dropped

function term(name, value) {
  return value ? el("div", {}, el("dt", {}, name), el("dd", {}, value)) : null;
}

function facts(place) {
  return el(
    "dl",
    { class: "place" },
    term("เอกสาร", plain(place.title) || plain(place.document)),
    term("หัวข้อ", plain(place.section)),
    term("ตำแหน่ง", linesLabel(place.lines)),
    term("ใช้กับ", plain(place.binds)),
  );
}

function quote(place) {
  return place.quote ? el("blockquote", {}, plain(place.quote)) : null;
}

function section(title, node) {
  return el("section", {}, el("h3", {}, title), node);
}

function oddities(items) {
  if (items.length === 0) return null;
  const rows = items.map((item) => el("li", {}, icon("warn"), el("span", {}, `${plain(item.says)} `, small(item.lines))));
  return section("ข้อสังเกตของต้นฉบับ", el("ul", { class: "notes" }, ...rows));
}

function small(lines) {
  const label = linesLabel(lines);
  return label && el("small", {}, `(${label})`);
}

function neighbours(items) {
  if (items.length === 0) return null;
  const rows = items.map((item) =>
    el(
      "li",
      { "aria-current": item.current === true ? "true" : null },
      item.current === true ? el("strong", { class: "here" }, "ตรงบรรทัดที่อ้าง") : null,
      el("span", { class: "text" }, plain(item.says)),
      " ",
      small(item.lines),
    ),
  );
  return section("ข้อความข้างเคียง (สรุปเป็นคำของระบบ)", el("ul", { class: "neighbours" }, ...rows));
}

function passage(lines) {
  if (!Array.isArray(lines)) return el("p", { class: "faint" }, "ระบบนี้ไม่ได้เก็บตัวบทไว้ โปรดเทียบกับต้นฉบับตามบรรทัดข้างต้น");
  const rows = lines.map((row) => el("li", {}, el("span", { class: "number" }, plain(row.line)), el("span", {}, plain(row.text))));
  return section("ข้อความในเอกสาร", el("ol", { class: "passage" }, ...rows));
}

function failure(error, citation) {
  const again = el("button", { type: "button", class: "quiet", onclick: () => load(citation) }, "ลองอีกครั้ง");
  return el("div", { class: "trouble" }, el("p", {}, `เปิดรายละเอียดไม่ได้: ${error.message}`), again);
}

async function load(citation) {
  shown = citation;
  body.replaceChildren(facts(citation), quote(citation) ?? "", el("p", { class: "faint" }, "กำลังเปิดเอกสาร…"));
  let place;
  let problem = null;
  try {
    const known = await fetchCitation(citation);
    place = { ...known, section: citation.section ?? known.section, quote: citation.quote ?? known.quote };
  } catch (error) {
    problem = failure(error, citation);
  }
  if (shown !== citation) return;
  const parts = problem
    ? [facts(citation), quote(citation), problem]
    : [facts(place), quote(place), oddities(list(place.oddities)), passage(place.passage), neighbours(list(place.neighbours))];
  body.replaceChildren(...parts.filter(Boolean));
}

/** Opens the panel for a citation and fills it; what the citation itself tells is shown at once. */
export function openPanel(citation) {
  dialog.showModal();
  document.getElementById("panel-title").focus();
  load(citation);
}

/** Makes the panel close by its button and by a click beside it. Esc closes a dialog by itself. */
export function setUpPanel() {
  document.getElementById("panel-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    shown = null;
  });
}
