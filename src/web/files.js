// The files that are to go with the next line, and those of lines that were said.

import { $, bring, button, make, note, page, seat } from "./page.js";

export function setFiles(files) {
  page.files = files;
  $("files").hidden = !files.length;
  $("files").replaceChildren(...files.map(fileItem));
}

function fileItem(file) {
  const item = make("li", "", file.name);
  const drop = button("", "✕", () => setFiles(page.files.filter((other) => other !== file)));
  drop.setAttribute("aria-label", `不发 ${file.name}`);
  item.append(drop);
  return item;
}

export async function bringAll(event) {
  const chosen = [...event.target.files];
  event.target.value = "";
  for (const file of chosen) {
    const answer = await bring(file);
    if (answer.status === 200) setFiles([...page.files, answer.body]);
    else note(`${file.name}:${answer.body.error ?? "没有传上来,可能太大"}`);
  }
  $("text").focus();
}

export async function save(line, file, place) {
  const headers = seat() ? { "x-duban-seat": seat() } : {};
  const answer = await fetch(`/room/file/${line.id}/${place}`, { headers }).catch(() => null);
  if (!answer?.ok) return note("没有取到这个文件");
  const link = make("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
