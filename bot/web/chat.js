// The page: one talk, shown in the log, sent turn by turn.

import { ChatError, sendText } from "./api.js";
import { focusInput, inputIsIdle, putText, setUpComposer } from "./composer.js";
import { el, icon, plain } from "./dom.js";
import { messageBubble } from "./message.js";
import { openPanel, setUpPanel } from "./panel.js";
import { emptyTalk, loadTalk, saveTalk } from "./store.js";

const UNANSWERED = "ยังไม่ได้รับคำตอบ"; // what stands on a turn until its answer is there

const log = document.getElementById("log");
const typing = document.getElementById("typing");
const greeting = document.getElementById("greeting");
const sendButton = document.getElementById("send");

// A turn is {by: "person", text, value, failed: null | Thai reason} or {by: "bot", messages, forgot}.
let talk = emptyTalk();
let waiting = null; // the AbortController of the request on its way

function personNode(turn) {
  const text = el("p", { class: "bubble text" }, turn.text);
  return el("div", { class: "turn person" }, el("span", { class: "hidden" }, "คุณถาม"), text);
}

function failedNode(turn, node) {
  return el(
    "div",
    { class: "failed" },
    el("p", {}, icon("warn"), el("span", {}, `ส่งไม่สำเร็จ: ${plain(turn.failed)}`)),
    el("button", { type: "button", class: "again", onclick: () => sendAgain(turn, node) }, "ส่งอีกครั้ง"),
    el("button", { type: "button", class: "quiet", onclick: () => takeBack(turn, node) }, "แก้ข้อความ"),
  );
}

function botNode(turn) {
  const bubbles = turn.messages.filter(Boolean).map((message) => messageBubble(message, { onCite: openPanel, onChoice: choose }));
  const forgot = turn.forgot ? el("p", { class: "faint" }, "ระบบจำเรื่องก่อนหน้านี้ไม่ได้แล้ว จึงเริ่มคุยใหม่") : null;
  return el("div", { class: "turn bot" }, el("span", { class: "hidden" }, "ระเบียบตอบ"), forgot, ...bubbles);
}

/** Choices answer the last message alone; those of older ones stay readable. */
function refreshChoices() {
  for (const button of log.querySelectorAll(".choice")) button.disabled = !log.lastElementChild.contains(button);
}

function setWaiting(controller) {
  waiting = controller;
  typing.textContent = controller ? "กำลังค้นในเอกสาร" : "";
  sendButton.setAttribute("aria-disabled", String(controller !== null));
}

/** Puts a turn at the end of the talk. Returns its node. */
function place(turn, node) {
  talk.turns = [...talk.turns.filter((other) => other !== turn), turn];
  saveTalk(talk);
  greeting.hidden = true;
  log.append(node);
  refreshChoices();
  return node;
}

/** Sends a placed turn. Returns the node of the answer; null if there is none, which the turn then says. */
async function deliver(turn, node) {
  const controller = new AbortController();
  const asked = talk.session;
  setWaiting(controller);
  typing.scrollIntoView({ block: "end" });
  try {
    const reply = await sendText(asked, turn.value, controller.signal);
    talk.session = plain(reply.session);
    turn.failed = null;
    const answer = { by: "bot", messages: reply.messages, forgot: asked !== null && asked !== talk.session };
    return place(answer, botNode(answer));
  } catch (error) {
    if (controller.signal.aborted) return null;
    if (!(error instanceof ChatError)) console.error(error);
    turn.failed = error instanceof ChatError ? error.message : "หน้านี้ขัดข้อง";
    saveTalk(talk);
    node.append(failedNode(turn, node));
    return null;
  } finally {
    if (waiting === controller) {
      setWaiting(null);
      node.scrollIntoView({ block: "start" });
    }
  }
}

/** Asks one question, unless another is on its way. */
function say(text, value = text) {
  const turn = { by: "person", text, value, failed: UNANSWERED };
  return deliver(turn, place(turn, personNode(turn)));
}

async function choose(choice, event) {
  if (waiting) return;
  const byKeyboard = event.detail === 0; // a tap must not raise the keyboard of a phone
  if (byKeyboard) focusInput();
  const answer = await say(plain(choice.label), plain(choice.value));
  const next = answer?.querySelector(".choices");
  if (byKeyboard && next && inputIsIdle()) next.focus();
}

function sendAgain(turn, node) {
  if (waiting) return;
  node.querySelector(".failed").remove();
  turn.failed = UNANSWERED;
  focusInput();
  deliver(turn, place(turn, node));
}

function takeBack(turn, node) {
  talk.turns = talk.turns.filter((other) => other !== turn);
  saveTalk(talk);
  node.remove();
  refreshChoices();
  putText(turn.text);
  focusInput();
}

function restart() {
  waiting?.abort();
  setWaiting(null);
  talk = emptyTalk();
  saveTalk(talk);
  log.replaceChildren();
  greeting.hidden = false;
  scrollTo(0, 0);
  focusInput();
}

function restore() {
  talk = loadTalk();
  const nodes = talk.turns.map((turn) => {
    const node = turn.by === "person" ? personNode(turn) : botNode(turn);
    if (turn.failed) node.append(failedNode(turn, node));
    return node;
  });
  log.replaceChildren(...nodes);
  greeting.hidden = nodes.length > 0;
  refreshChoices();
  log.lastElementChild?.scrollIntoView({ block: "start" });
}

function setUpExamples() {
  document.getElementById("examples").addEventListener("click", (event) => {
    const chip = event.target.closest("button");
    if (!chip || waiting) return;
    if (event.detail === 0) focusInput();
    say(chip.textContent);
  });
}

setUpPanel();
setUpComposer((text) => {
  if (waiting) return false;
  say(text);
  return true;
});
setUpExamples();
document.getElementById("restart").addEventListener("click", restart);
restore();
