// Talks with the server of this page. Every failure becomes a ChatError whose message is Thai for the reader.

const PATIENCE = 60_000; // milliseconds
const INCOMPLETE = "ระบบตอบกลับมาไม่ครบ";

const REASONS = {
  400: "ระบบอ่านข้อความนี้ไม่ได้ ลองพิมพ์ใหม่อีกครั้ง",
  404: "ไม่พบข้อมูลที่ขอ",
  413: "ข้อความยาวเกินไป กรุณาตัดให้สั้นลง",
  429: "ส่งถี่เกินไป กรุณารอสักครู่",
  503: "ระบบยังไม่พร้อมตอบ กรุณารอสักครู่",
};

export class ChatError extends Error {}

function reason(response) {
  const wait = Number(response.headers.get("Retry-After"));
  const text = REASONS[response.status] ?? "ระบบขัดข้อง ยังตอบไม่ได้";
  return wait > 0 ? `${text} (ประมาณ ${Math.ceil(wait)} วินาที)` : text;
}

function trouble(error) {
  if (error.name === "AbortError") return "รอคำตอบนานเกินไป";
  if (error instanceof SyntaxError) return INCOMPLETE;
  return "ติดต่อระบบไม่ได้ ตรวจสัญญาณอินเทอร์เน็ตแล้วลองใหม่";
}

async function request(path, options = {}, signal = null) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  signal?.addEventListener("abort", () => stop.abort(), { once: true });
  try {
    const response = await fetch(path, { ...options, signal: stop.signal });
    if (!response.ok) throw new ChatError(reason(response));
    return await response.json();
  } catch (error) {
    if (error instanceof ChatError || signal?.aborted) throw error;
    throw new ChatError(trouble(error));
  } finally {
    clearTimeout(late);
  }
}

/** Sends one text. Returns {session, messages}; throws ChatError, or an AbortError if `signal` was aborted. */
export async function sendText(session, text, signal) {
  const body = JSON.stringify({ session, text });
  const headers = { "Content-Type": "application/json" };
  const reply = await request("api/chat", { method: "POST", headers, body }, signal);
  if (!Array.isArray(reply?.messages) || reply.messages.length === 0) throw new ChatError(INCOMPLETE);
  return reply;
}

/** What stands at the cited lines: oddities, neighbouring provisions, and the passage where the operator has it. */
export function fetchCitation({ document, lines }) {
  const [first, last] = Array.isArray(lines) ? lines : [];
  return request(`api/citation?${new URLSearchParams({ document, first, last })}`);
}
