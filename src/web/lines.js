// Draws the list of rooms and the lines of the open one. Data only ever becomes text nodes, never markup.

import { $, LINES_MAX, button, demo, make, page } from "./page.js";

const QUOTE_MAX = 60;
const zone = document.body.dataset.zone;

// --- The list of rooms

const readKey = () => `duban.read.${page.me.account}`;
const marks = demo ? sessionStorage : localStorage; // every demo begins with a new book
const readUpTo = () => JSON.parse(marks.getItem(readKey()) ?? "{}");
export const lastOf = (room) => Math.max(0, ...room.lines.keys());

function markRead(room) {
  if (document.hidden) return;
  const read = readUpTo();
  read[room.chat] = lastOf(room);
  marks.setItem(readKey(), JSON.stringify(read));
}

function unread(room, read) {
  const isNew = (line) => !line.mine && line.id > (read[room.chat] ?? 0);
  return [...room.lines.values()].filter(isNew).length;
}

export function showRooms() {
  if (page.open) markRead(page.rooms.get(page.open));
  const read = readUpTo();
  const rooms = [...page.rooms.values()].sort((a, b) => lastOf(b) - lastOf(a));
  $("rooms").replaceChildren(...rooms.map((room) => roomItem(room, unread(room, read))));
  const all = rooms.reduce((sum, room) => sum + unread(room, read), 0);
  document.title = `${all ? `(${all}) ` : ""}督办聊天室`;
}

function roomItem(room, count) {
  const link = make("a");
  link.href = `#${encodeURIComponent(room.chat)}`;
  if (room.chat === page.open) link.setAttribute("aria-current", "true");
  const last = room.lines.get(lastOf(room));
  link.append(make("b", "", room.title), make("time", "", last ? briefTime(last.at) : ""));
  link.append(make("small", "", last ? `${last.mine ? "我" : last.author ?? "督办"}:${last.text || "[附件]"}`.slice(0, 80) : "还没有消息"));
  if (count) {
    const badge = make("span", "count", count < room.limit ? count : `${room.limit}+`);
    badge.setAttribute("aria-label", `${count}条未读`);
    link.append(badge);
  }
  const item = make("li");
  item.append(link);
  return item;
}

// --- Times

const clockTime = new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
const longDay = new Intl.DateTimeFormat("zh-CN", { timeZone: zone, month: "long", day: "numeric" });
const weekday = new Intl.DateTimeFormat("zh-CN", { timeZone: zone, weekday: "short" });
const shortDay = new Intl.DateTimeFormat("zh-CN", { timeZone: zone, month: "numeric", day: "numeric" });
const dayOf = ({ at }) => `${longDay.format(new Date(at))} ${weekday.format(new Date(at))}`;
const newestDay = () => Math.max(...[...page.rooms.values()].map((room) => Date.parse(room.lines.get(lastOf(room))?.at ?? 0)));

/** The hour on the newest day of all rooms (the demo's clock is not the browser's), else the date. */
function briefTime(at) {
  const [day, today] = [new Date(at), new Date(newestDay())].map((date) => shortDay.format(date));
  return day === today ? clockTime.format(new Date(at)) : day;
}

// --- The lines

export function showLines(room) {
  const lines = [...room.lines.values()].sort((a, b) => a.id - b.id);
  room.lines = new Map(lines.map((line) => [line.id, line]));
  $("lines").replaceChildren();
  for (const line of lines) addLine(room, line);
  $("empty").hidden = lines.length > 0;
  $("earlier").hidden = lines.length < room.limit || room.limit >= LINES_MAX;
}

function addLine(room, line) {
  const before = $("lines").lastElementChild;
  if (before?.dataset.day !== dayOf(line)) $("lines").append(make("li", "day", dayOf(line)));
  $("lines").append(lineItem(room, line));
}

/** Shows one line that came or changed, and stays at the end if that is where the reader is. */
export function showLine(room, line, known) {
  const shown = $("lines").querySelector(`[data-id="${Number(line.id)}"]`);
  if (shown) shown.replaceWith(lineItem(room, line));
  else if (line.id === lastOf(room)) addLine(room, line);
  else showLines(room);
  $("empty").hidden = true;
  if (page.atEnd || (line.mine && !known)) toEnd();
  else if (!known) $("newest").hidden = false;
}

function lineItem(room, line) {
  const item = make("li", `line ${line.mine ? "own" : line.author === null ? "bot" : ""}`);
  item.dataset.id = line.id;
  item.dataset.day = dayOf(line);
  item.append(lineHead(line));
  const body = make("div", "body");
  const quoted = line.reply_to && room.lines.get(line.reply_to);
  if (quoted) body.append(button("quote", quote(quoted), () => find(quoted.id)));
  if (line.text) body.append(make("div", "text", line.text));
  line.files.forEach((file, place) => body.append(fileButton(line, file, place)));
  for (const row of line.buttons) body.append(buttonRow(line, row));
  item.append(body);
  return item;
}

function lineHead(line) {
  const head = make("header");
  if (!line.mine) head.append(make("b", "", line.author ?? "督办机器人"));
  head.append(make("time", "", clockTime.format(new Date(line.at))));
  if (line.edited) head.append(make("span", "", line.author === null ? "已更新" : "已修改"));
  const acts = make("span", "acts");
  acts.append(button("", "回复", () => page.acts.about({ act: "reply", line })));
  if (line.mine) acts.append(button("", "修改", () => page.acts.about({ act: "edit", line })));
  head.append(acts);
  return head;
}

const sizeOf = ({ size }) => (size < 1024 * 1024 ? `${Math.ceil(size / 1024)}KB` : `${(size / 1024 / 1024).toFixed(1)}MB`);

/** A link would not carry the seat of a tab in the demo, so the file is asked for and then saved. */
function fileButton(line, file, place) {
  return button("file", `附件 ${file.name}(${sizeOf(file)})`, () => page.acts.save(line, file, place));
}

function buttonRow(line, row) {
  const node = make("div", "row");
  for (const { label, data } of row) node.append(button("", label, (event) => page.acts.tap(event.target, line, data)));
  return node;
}

export function quote(line) {
  const text = (line.text || "[附件]").replace(/\s+/g, " ");
  const cut = text.length > QUOTE_MAX ? `${text.slice(0, QUOTE_MAX)}…` : text;
  return `${line.mine ? "我" : line.author ?? "督办机器人"}:${cut}`;
}

function find(id) {
  const item = $("lines").querySelector(`[data-id="${Number(id)}"]`);
  item?.scrollIntoView({ block: "center", behavior: "smooth" });
  item?.classList.add("found");
  setTimeout(() => item?.classList.remove("found"), 1500);
}

export function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  page.atEnd = true;
  $("newest").hidden = true;
}
