// The box one types in: Enter sends, it grows with the text, and it counts near the limit.

const LIMIT = 1000; // characters, as the server counts them (code points)
const COUNT_FROM = 850;

const form = document.getElementById("composer");
const input = document.getElementById("question");
const counter = document.getElementById("counter");
const trouble = document.getElementById("trouble");

function refresh() {
  const length = [...input.value].length;
  input.rows = Math.min(5, input.value.split("\n").length);
  counter.textContent = length >= COUNT_FROM ? `${length}/${LIMIT}` : "";
  counter.classList.toggle("over", length > LIMIT);
  if (length <= LIMIT) trouble.textContent = "";
}

function submit(onSend) {
  const text = input.value.trim();
  const over = [...text].length - LIMIT;
  if (!text) return input.focus();
  if (over > 0) {
    trouble.textContent = `ข้อความยาวเกิน ${over} ตัวอักษร กรุณาตัดให้เหลือไม่เกิน ${LIMIT}`;
    return input.focus();
  }
  if (onSend(text)) putText("");
}

/** Puts a text in the box. */
export function putText(text) {
  input.value = text;
  refresh();
}

export function focusInput() {
  input.focus();
}

/** Whether focus waits in an empty box, so that it may be moved on. */
export function inputIsIdle() {
  return document.activeElement === input && input.value === "";
}

/** Calls `onSend(text)` when the person sends; the box is emptied if it returns true. */
export function setUpComposer(onSend) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(onSend);
  });
  input.addEventListener("input", refresh);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(onSend);
  });
  refresh(); // a browser may restore what was typed
}
