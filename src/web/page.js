// What the parts of the page share: the state, small helpers for nodes, and requests to the server.

export const LINES_AT_ONCE = 50; // as the server sends when the page opens
export const LINES_MAX = 500; // as many as it gives at all
export const demo = document.body.dataset.demo === "yes";

export const page = {
  me: null,
  rooms: new Map(), // chat -> { chat, title, kind, lines: Map(id -> line), limit, draft }
  open: null, // the chat that is shown
  files: [], // brought in and not yet said: { sha256, name, size }
  about: null, // { act: "reply" | "edit", line }
  stream: null,
  starting: false,
  strange: new Set(), // chats that lines came from and that are not among the rooms
  atEnd: true, // whether the reader is at the end of the lines
  acts: {}, // what the buttons at a line do: about(about), tap(node, line, data)
  taps: new Set(), // nonces of this page's taps
  queue: [], // what was typed and is not yet answered: { path, body }
  sending: false,
};

export const $ = (id) => document.getElementById(id);

export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function button(className, text, act) {
  const node = make("button", className, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

// --- Asking the server

export const seat = () => (demo ? sessionStorage.getItem("duban.seat") : null);

/** One request; `status` 0 means that no answer came. */
export async function ask(path, body) {
  const headers = {};
  if (seat()) headers["x-duban-seat"] = seat();
  if (body) headers["content-type"] = "application/json";
  const request = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  try {
    const answer = await fetch(path, request);
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

/** Brings a file in; the answer is what a line needs to carry it. */
export async function bring(file) {
  const headers = { "content-type": "application/octet-stream" };
  if (seat()) headers["x-duban-seat"] = seat();
  const query = new URLSearchParams({ name: file.name });
  try {
    const answer = await fetch(`/room/file?${query}`, { method: "POST", headers, body: file });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Repeats a request, with the nonce it carries, until the server has decided about it. */
export async function insist(path, body) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
    const answer = await ask(path, body);
    if (answer.status >= 200 && answer.status < 500 && answer.status !== 429) return answer;
    await pause(wait);
  }
}

// crypto.randomUUID is missing on plain http, which is what an intranet has.
export function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function note(text) {
  if (!text) return; // a tap that was simply done
  const line = make("p", "", text);
  $("notes").append(line);
  setTimeout(() => line.remove(), 5000);
}
