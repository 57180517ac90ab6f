// Builds nodes from data. Data only ever becomes text or an aria attribute: nothing on this page parses markup.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  check: "M5 13l4 4L19 7",
  cross: "M6 6l12 12M18 6L6 18",
  unknown: "M9 9.2a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.5M12 18h.01",
  silent: "M5 12h14",
  book: "M6 4h12v16H6zM9 8h6M9 12h6",
  ask: "M4 5h16v11h-9l-4 4v-4H4z",
  note: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17M12 11v5M12 8h.01",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
};

/** An element with attributes and children. A function under a key such as `onclick` listens; null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

/** A picture beside a label; the label carries the meaning. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** What a value of a reply reads like; "" for nothing. */
export function plain(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "ใช่" : "ไม่ใช่";
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(", ");
  if (typeof value === "object") return [value.label, value.value, value.unit].map(plain).filter(Boolean).join(" ");
  return String(value);
}

/** The list in a field, whatever the field holds. */
export function list(value) {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined);
  return [];
}

/** "บรรทัด 5" or "บรรทัด 5–9"; "" without lines. */
export function linesLabel(lines) {
  const [first, last] = list(lines);
  if (first === undefined) return "";
  return last === undefined || first === last ? `บรรทัด ${plain(first)}` : `บรรทัด ${plain(first)}–${plain(last)}`;
}
