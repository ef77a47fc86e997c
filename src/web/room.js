// The page of the room: opens it, follows the stream of events, and sends what is typed and tapped until the server
// has answered.

import { lastOf, quote, showLine, showLines, showRooms, toEnd } from "./lines.js";
import { bringAll, save, setFiles } from "./files.js";
import { $, LINES_AT_ONCE, LINES_MAX, ask, demo, insist, make, nonce, note, page, pause, seat } from "./page.js";

// --- The door

function showDoor() {
  page.stream?.close();
  $("room").hidden = true;
  $(demo ? "chooser" : "entry").hidden = false;
  // A printed invitation opens the page with its code.
  $("code").value ||= new URLSearchParams(location.search).get("code") ?? "";
}

async function enter(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const answer = await ask("/room/enter", { code: form.get("code"), name: form.get("name") });
  if (answer.status === 200) return start();
  $("entry").querySelector(".wrong").textContent = answer.body.error ?? "连接不上,请稍后再试";
}

async function sit(account) {
  const answer = await ask("/demo/sit", { account });
  if (answer.status !== 200) {
    $("chooser").querySelector(".wrong").textContent = answer.body.error ?? "连接不上,请稍后再试";
    return;
  }
  sessionStorage.setItem("duban.seat", answer.body.seat);
  start();
}

function findSeats() {
  const wanted = $("find").value.trim();
  for (const section of $("chooser").querySelectorAll("section")) {
    const whole = section.querySelector("h2").textContent.includes(wanted);
    let any = false;
    for (const seat of section.querySelectorAll("button")) {
      seat.hidden = !(whole || seat.textContent.includes(wanted));
      any ||= !seat.hidden;
    }
    section.hidden = !any;
  }
}

async function leave(everywhere) {
  if (demo) sessionStorage.removeItem("duban.seat");
  else await ask("/room/leave", { everywhere });
  location.replace("/room");
}

/** The page that led here for want of a session, if it is one of ours. */
function wanted() {
  const to = new URLSearchParams(location.search).get("to");
  return to && new URL(to, location.origin).origin === location.origin ? to : null;
}

/** A page takes the seat of its tab along in the demo, where the cookie is the one of the last tab. */
function withSeat(event) {
  event.currentTarget.search = new URLSearchParams({ seat: seat() });
}

// --- Opening and following

async function start() {
  if (page.starting) return;
  page.starting = true;
  while (!(await opened())) await pause(3000);
  page.starting = false;
  pump();
}

/** Shows the door or the room; false when the server did not answer. */
async function opened() {
  const answer = demo && !seat() ? { status: 401 } : await ask("/room/state");
  if (answer.status === 401) showDoor();
  else if (answer.status === 200 && wanted()) location.replace(wanted());
  else if (answer.status === 200) {
    for (const door of document.querySelectorAll(".sheet")) door.hidden = true;
    $("room").hidden = false;
    takeState(answer.body);
    follow(answer.body.after);
  }
  return answer.status === 401 || answer.status === 200;
}

function takeState(state) {
  keepDraft();
  const known = page.rooms;
  page.me = state.me;
  page.rooms = new Map();
  for (const { chat, title, kind, lines } of state.rooms) {
    const room = { chat, title, kind, lines: new Map(), limit: LINES_AT_ONCE, draft: known.get(chat)?.draft ?? "" };
    for (const line of lines) room.lines.set(line.id, line);
    page.rooms.set(chat, room);
  }
  $("me").textContent = state.me.name;
  if (state.now) $("now").textContent = state.now;
  page.queue = JSON.parse(sessionStorage.getItem(queueKey()) ?? "[]");
  page.open = null;
  showPlace();
}

function follow(after) {
  page.stream?.close();
  const query = new URLSearchParams({ after });
  if (seat()) query.set("seat", seat());
  const stream = (page.stream = new EventSource(`/room/events?${query}`));
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("line", takeLine);
  on("toast", (toast) => page.taps.delete(toast.nonce) && note(toast.text));
  on("clock", (clock) => ($("now").textContent = clock.now));
  stream.onopen = () => ($("link").textContent = "");
  stream.onerror = () => brokenOff(stream);
}

/** The browser connects again by itself after a lost connection, but not after an answer other than 200. */
async function brokenOff(stream) {
  $("link").textContent = "连接中断,正在重连…";
  if (stream.readyState !== EventSource.CLOSED) return;
  await pause(3000);
  if (stream === page.stream) start();
}

function takeLine(line) {
  const room = page.rooms.get(line.chat);
  if (!room) return takeStrange(line.chat);
  const known = room.lines.get(line.id);
  if (known && known.seq >= line.seq) return;
  const [oldest] = room.lines.keys();
  const whole = room.lines.size < room.limit;
  if (!known && !whole && line.id < oldest) return; // an edit above what is shown
  room.lines.set(line.id, line);
  if (page.open === line.chat) showLine(room, line, known);
  showRooms();
}

/** A room that was opened to us since: ask anew, once. */
function takeStrange(chat) {
  if (page.strange.has(chat)) return;
  page.strange.add(chat);
  start();
}

// --- The open room

function keepDraft() {
  if (page.open && page.about?.act !== "edit") page.rooms.get(page.open).draft = $("text").value;
}

function showPlace() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const narrow = matchMedia("(max-width: 45rem)").matches;
  const newest = [...page.rooms.values()].reduce((a, b) => (a && lastOf(a) >= lastOf(b) ? a : b), undefined);
  const first = narrow ? undefined : newest?.chat;
  const chat = page.rooms.has(wanted) ? wanted : first;
  $("room").dataset.view = chat ? "talk" : "rooms";
  keepDraft();
  page.open = chat ?? null;
  if (chat) openRoom(page.rooms.get(chat));
  showRooms();
}

function openRoom(room) {
  $("title").textContent = room.title;
  $("text").placeholder = room.kind === "group" ? "说给机器人:@督办,或以 #编号 开头" : "比如:#12 完成60%";
  $("text").value = room.draft;
  setAbout(null);
  showLines(room);
  showPending();
  toEnd();
}

async function showEarlier() {
  const room = page.rooms.get(page.open);
  const limit = Math.min(room.limit * 2, LINES_MAX);
  const query = new URLSearchParams({ chat: room.chat, limit });
  const answer = await ask(`/room/lines?${query}`);
  if (answer.status !== 200 || page.open !== room.chat) return;
  room.limit = limit;
  for (const line of answer.body) if (!(room.lines.get(line.id)?.seq > line.seq)) room.lines.set(line.id, line);
  const fromEnd = $("scroll").scrollHeight - $("scroll").scrollTop;
  showLines(room);
  $("scroll").scrollTop = $("scroll").scrollHeight - fromEnd;
}

// --- Saying, editing, tapping

function setAbout(about) {
  if (page.about?.act === "edit" || about?.act === "edit") $("text").value = about?.act === "edit" ? about.line.text : "";
  page.about = about;
  $("about").hidden = !about;
  if (about) {
    $("about").firstElementChild.textContent = `${about.act === "edit" ? "修改" : "回复"} ${quote(about.line)}`;
    $("text").focus();
  }
  fitText();
}

const fitText = () => ($("text").rows = Math.min(6, $("text").value.split("\n").length));
const queueKey = () => `duban.queue.${page.me.account}`;

function say(event) {
  event.preventDefault();
  const text = $("text").value.trim();
  const { about, files } = page;
  const edits = about?.act === "edit";
  if (!page.open || (!text && (edits || !files.length))) return;
  if (edits) send("/room/edit", { line: about.line.id, text, nonce: nonce() });
  else {
    send("/room/say", { chat: page.open, text, reply_to: about?.line.id ?? null, files, nonce: nonce() });
    setFiles([]);
  }
  $("text").value = "";
  page.about = null;
  setAbout(null);
  $("text").focus();
}

function send(path, body) {
  page.queue.push({ path, body });
  keepQueue();
  toEnd();
  pump();
}

function keepQueue() {
  sessionStorage.setItem(queueKey(), JSON.stringify(page.queue));
  showPending();
}

/** Sends what is queued, one after the other and in order. */
async function pump() {
  if (page.sending || !page.me || $("room").hidden) return;
  page.sending = true;
  while (page.queue.length) {
    const [{ path, body }] = page.queue;
    const answer = await insist(path, body);
    if (answer.status === 401) { // what is queued is kept until this person is back
      showDoor();
      break;
    }
    page.queue.shift();
    keepQueue();
    if (answer.status === 200) takeLine(answer.body);
    else giveBack(body, answer.body.error);
  }
  page.sending = false;
}

function giveBack(body, error) {
  note(error ?? "没有发出去");
  if (!$("text").value) $("text").value = body.text;
  fitText();
}

function showPending() {
  const here = page.queue.filter(({ body }) => body.chat === page.open);
  $("pending").replaceChildren(...here.map(pendingItem));
}

function pendingItem({ body }) {
  const item = make("li", "line own waiting");
  const text = make("div", "body text", body.text || "[附件]");
  item.append(make("header", "", "发送中…"), text);
  return item;
}

async function tap(target, line, data) {
  const body = { line: line.id, data, nonce: nonce() };
  page.taps.add(body.nonce);
  target.disabled = true;
  const answer = await insist("/room/tap", body);
  if (answer.status !== 200) note(answer.body.error ?? "没有按成");
  target.disabled = false;
}

async function moveClock(step) {
  const buttons = document.querySelectorAll("[data-step]");
  for (const node of buttons) node.disabled = true;
  const answer = await ask("/demo/clock", { step });
  if (answer.status === 200) $("now").textContent = answer.body.now;
  else note(answer.body.error ?? "时钟没有走动");
  for (const node of buttons) node.disabled = false;
}

// --- Wiring

// Enter also ends the choice of a word in a Chinese input method; that one must not send.
function onKey(event) {
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && !event.shiftKey && !composing) say(event);
  if (event.key === "Escape" && !composing) setAbout(null);
}

function onScroll() {
  const { scrollHeight, scrollTop, clientHeight } = $("scroll");
  page.atEnd = scrollHeight - scrollTop - clientHeight < 80;
  if (page.atEnd) $("newest").hidden = true;
}

$("entry").querySelector("form").addEventListener("submit", enter);
$("leave").addEventListener("click", () => leave(false));
$("leave-everywhere")?.addEventListener("click", () => leave(true));
$("say").addEventListener("submit", say);
$("text").addEventListener("keydown", onKey);
$("text").addEventListener("input", fitText);
$("about").querySelector("button").addEventListener("click", () => setAbout(null));
$("scroll").addEventListener("scroll", onScroll);
new ResizeObserver(() => page.atEnd && toEnd()).observe($("scroll"));
$("earlier").addEventListener("click", showEarlier);
$("newest").addEventListener("click", toEnd);
$("file").addEventListener("change", bringAll);
page.acts = { about: setAbout, tap, save };
addEventListener("hashchange", showPlace);
document.addEventListener("visibilitychange", () => page.me && showRooms());
if (demo) {
  for (const node of document.querySelectorAll("[data-page]")) node.addEventListener("click", withSeat);
  $("find").addEventListener("input", findSeats);
  for (const node of document.querySelectorAll("[data-account]")) node.addEventListener("click", () => sit(node.dataset.account));
  for (const node of document.querySelectorAll("[data-step]")) node.addEventListener("click", () => moveClock(node.dataset.step));
}
start();
