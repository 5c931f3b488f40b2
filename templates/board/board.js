"use strict";
const $ = (name, root = document) => root.querySelector(`[data-${name}]`);
const list = $("cards"), model = $("card"), sound = $("sound"), large = $("large"), keys = $("keys");
const cards = new Map();
let order = [], playing = null, lastChanged = null, shown = null;

function fill(item, selector, text) {
  const place = item.querySelector(selector);
  if (place.textContent !== text) place.textContent = text;
  return place;
}

function tell(place, findings) {
  place.replaceChildren(...findings.map((finding) => {
    const item = document.createElement("li");
    item.className = finding.severity;
    for (const part of ["message", "hint", "where"]) {
      if (!finding[part]) continue;
      const line = document.createElement("p");
      line.className = part;
      line.textContent = part === "hint" ? `→ ${finding.hint}` : finding[part];
      item.append(line);
    }
    return item;
  }));
}

function make(card) {
  const item = model.content.firstElementChild.cloneNode(true);
  item.dataset.scene = card.id;
  item.querySelector(".frame").addEventListener("click", () => enlarge(card.id));
  item.querySelector(".play").addEventListener("click", () => toggle(card.id));
  item.addEventListener("pointerdown", () => mark(item));
  return item;
}

/* A picture is put in its place once it is there whole, so that nothing blinks. */
async function paint(item, card, fresh) {
  const image = item.querySelector("img"), address = `/picture/${card.picture}`;
  item.dataset.wants = card.picture;
  if (!card.picture || image.getAttribute("src") === address) return;
  const loading = new Image();
  loading.src = address;
  try { await loading.decode(); } catch { return; }
  if (item.dataset.wants !== card.picture) return;
  image.src = address;
  image.alt = `Scene ${card.id}`;
  if (shown === card.id) enlarge(card.id);
  if (fresh) return;
  lastChanged = card.id;
  item.classList.remove("changed");
  void item.offsetWidth;
  item.classList.add("changed");
}

function show(board) {
  document.title = `${board.title || "Storyboard"} · storyboard`;
  document.body.classList.toggle("upright", board.upright);
  $("title").textContent = board.title || "Storyboard";
  $("facts").textContent = board.facts;
  $("state").textContent = board.busy ? `${board.busy} …` : "";
  const first = !order.length;
  order = board.cards.map((card) => card.id);
  for (const card of board.cards) {
    const known = cards.get(card.id), item = known?.item ?? make(card);
    cards.set(card.id, { ...card, item });
    const chapter = fill(item, ".chapter", card.chapter);
    chapter.hidden = !card.chapter;
    fill(item, ".time", card.time);
    fill(item, ".id", card.id);
    fill(item, ".kind", card.kind);
    fill(item, ".seconds", card.seconds ? `${card.seconds.toFixed(1)} s` : "");
    fill(item, ".said", card.said);
    fill(item, ".play .unseen", `Play the narration of ${card.id}`);
    item.querySelector(".play").hidden = !card.sound;
    item.querySelector(".old").hidden = !(card.stale && card.picture);
    item.classList.toggle("stale", card.stale);
    item.classList.toggle("error", card.findings.some((finding) => finding.severity === "error"));
    if (JSON.stringify(known?.findings) !== JSON.stringify(card.findings)) tell(item.querySelector(".findings"), card.findings);
    paint(item, card, first || !known?.picture);
  }
  for (const [id, card] of cards) if (!order.includes(id)) { card.item.remove(); cards.delete(id); if (playing === id) stop(); }
  order.forEach((id, index) => {
    const item = cards.get(id).item;
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
  if (order.length && !list.querySelector('[tabindex="0"]')) cards.get(order[0]).item.tabIndex = 0;
  const problems = $("problems");
  problems.hidden = !board.problems.length;
  tell(problems, board.problems);
  count(board);
}

function count(board) {
  const all = [...board.problems, ...board.cards.flatMap((card) => card.findings)];
  const errors = all.filter((finding) => finding.severity === "error").length, warnings = all.length - errors;
  const said = [errors && `${errors} error${errors > 1 ? "s" : ""}`, warnings && `${warnings} warning${warnings > 1 ? "s" : ""}`];
  $("next").hidden = !all.length;
  $("next").classList.toggle("mild", !errors);
  $("count").textContent = said.filter(Boolean).join(", ");
}

function mark(item) {
  list.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  item.tabIndex = 0;
}

function go(id) {
  const item = cards.get(id)?.item;
  if (!item) return;
  mark(item);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (large.open) enlarge(id);
}

function current() {
  return shown ?? list.querySelector('[tabindex="0"]')?.dataset.scene ?? order[0];
}

function step(by) {
  go(order[Math.min(order.length - 1, Math.max(0, order.indexOf(current()) + by))]);
}

function toMend() {
  const from = order.indexOf(current());
  const after = [...order.slice(from + 1), ...order.slice(0, from + 1)];
  const wrong = after.filter((id) => cards.get(id).findings.length);
  go(wrong.find((id) => cards.get(id).item.classList.contains("error")) ?? wrong[0]);
}

function enlarge(id) {
  const card = cards.get(id), image = card.item.querySelector("img");
  if (!image.getAttribute("src")) return;
  shown = id;
  $("large-picture").src = image.src;
  $("large-picture").alt = image.alt;
  $("large-name").textContent = `${card.time}  ${id}`;
  if (!large.open) large.showModal();
}

function toggle(id) {
  if (playing === id) return stop();
  stop();
  const card = cards.get(id);
  if (!card?.sound) return;
  playing = id;
  card.item.classList.add("playing");
  card.item.scrollIntoView({ block: "nearest" });
  sound.src = `/sound/${card.sound}`;
  sound.play().catch(stop);
}

function stop() {
  if (!playing) return;
  cards.get(playing)?.item.classList.remove("playing");
  playing = null;
  sound.pause();
}

sound.addEventListener("timeupdate", () => {
  const bar = cards.get(playing)?.item.querySelector(".course i");
  if (bar && sound.duration) bar.style.width = `${100 * sound.currentTime / sound.duration}%`;
});
sound.addEventListener("ended", () => {
  const rest = order.slice(order.indexOf(playing) + 1).filter((id) => cards.get(id).sound);
  stop();
  if ($("on").checked && rest.length) toggle(rest[0]);
});
large.addEventListener("close", () => { const id = shown; shown = null; go(id); });
large.addEventListener("click", () => large.close());
$("next").addEventListener("click", toMend);
$("help").addEventListener("click", () => keys.showModal());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  const button = event.target.closest("button, input, label");
  if (button && (event.key === " " || event.key === "Enter")) return;
  const does = {
    ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
    Home: () => go(order[0]), End: () => go(order.at(-1)),
    " ": () => toggle(current()), Enter: () => (large.open ? large.close() : enlarge(current())),
    e: toMend, c: () => lastChanged && go(lastChanged), "?": () => keys.showModal(),
  }[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  if (!does) return;
  event.preventDefault();
  does();
});

const news = new EventSource("/events");
news.addEventListener("message", (event) => { $("lost").hidden = true; show(JSON.parse(event.data)); });
news.addEventListener("open", () => { $("lost").hidden = true; });
news.addEventListener("error", () => { $("lost").hidden = false; });
