// What the pages can do beyond being read: tables that sort, signing out, and the demo's clock.

const demo = document.body.dataset.demo === "yes";

// --- Tables

const plain = (cell) => cell.dataset.v ?? cell.textContent.trim();

function compare(a, b) {
  const [x, y] = [Number.parseFloat(a), Number.parseFloat(b)];
  const numbers = /^-?[\d.]/.test(a) && /^-?[\d.]/.test(b) && !/^\d{4}-/.test(a);
  return numbers ? x - y : a.localeCompare(b, "zh-CN");
}

function sortBy(table, heading) {
  const column = [...heading.parentNode.children].indexOf(heading);
  const falls = heading.getAttribute("aria-sort") === "ascending";
  for (const other of heading.parentNode.children) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => compare(plain(a.cells[column]), plain(b.cells[column])));
  body.append(...(falls ? rows.reverse() : rows));
}

function makeSortable(table) {
  for (const heading of table.tHead?.rows[0].cells ?? []) {
    if ("noSort" in heading.dataset) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, heading));
    heading.append(button);
  }
}

const dress = () => document.querySelectorAll("table.sortable").forEach(makeSortable);

// --- Asking the server

async function post(path, body) {
  const headers = { "content-type": "application/json" };
  try {
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

async function leave(where) {
  await post("/room/leave", { everywhere: where === "everywhere" });
  location.replace("/room");
}

// --- What is done with a paper: the desk's answer is shown where it was asked for

function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function act(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  const given = Object.fromEntries(new FormData(form));
  if (given.objection) given.objection = Number(given.objection);
  if (given.upheld) given.upheld = given.upheld === "yes";
  const answer = await post(`/papers/${form.dataset.paper}`, { ...given, act: form.dataset.act, nonce: nonce() });
  await refresh();
  document.getElementById("answer").textContent = answer.body.text ?? answer.body.error ?? "没有送到,请再试";
  button.disabled = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.act) return;
  event.preventDefault();
  act(event.target);
});

// --- The demo's clock: what happened is shown without a new page

const say = (text) => (document.getElementById("note").textContent = text);
let shown = 0;

async function refresh() {
  const mine = ++shown;
  const answer = await fetch(location.href);
  if (!answer.ok || mine !== shown) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("main").replaceWith(fresh.getElementById("main"));
  document.querySelector("footer").replaceWith(fresh.querySelector("footer"));
  dress();
}

async function move(node) {
  node.disabled = true;
  const answer = await post("/demo/clock", { step: node.dataset.step });
  if (answer.status !== 200) say(answer.body.error ?? "时钟没有走动");
  node.disabled = false;
}

async function play(node) {
  const stops = node.dataset.play === "on";
  const answer = await post("/demo/play", { on: !stops });
  if (answer.status !== 200) say(answer.body.error ?? "没有演起来");
}

function showPlaying(on) {
  const node = document.querySelector("[data-play]");
  node.dataset.play = on ? "on" : "";
  node.textContent = on ? "停下" : "各单位自动回复,演一年";
}

function follow() {
  const stream = new EventSource("/room/events?after=9007199254740991");
  stream.addEventListener("clock", (event) => {
    const { now, playing } = JSON.parse(event.data);
    document.getElementById("now").textContent = now;
    showPlaying(playing);
    refresh();
  });
}

dress();
for (const node of document.querySelectorAll("[data-leave]")) node.addEventListener("click", () => leave(node.dataset.leave));
if (demo) {
  for (const node of document.querySelectorAll("[data-step]")) node.addEventListener("click", () => move(node));
  document.querySelector("[data-play]").addEventListener("click", (event) => play(event.target));
  follow();
}
