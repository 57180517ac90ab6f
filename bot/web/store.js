// The talk of this tab: session id and turns, kept over a reload and gone with the tab.

const KEY = "rabiab.talk";
const TURNS_KEPT = 200;

export const emptyTalk = () => ({ session: null, turns: [] });

function isTurn(turn) {
  return turn?.by === "person" ? typeof turn.text === "string" : turn?.by === "bot" && Array.isArray(turn.messages);
}

/** The stored talk; an empty one if there is none or it cannot be read. */
export function loadTalk() {
  try {
    const { session, turns } = JSON.parse(sessionStorage.getItem(KEY));
    return { session: typeof session === "string" ? session : null, turns: turns.filter(isTurn) };
  } catch {
    return emptyTalk();
  }
}

/** Keeps the talk; where storage is refused or full the talk goes on unkept. */
export function saveTalk(talk) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...talk, turns: talk.turns.slice(-TURNS_KEPT) }));
  } catch {
    // nothing to do: the page works without
  }
}
