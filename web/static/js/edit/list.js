// The list of cues. One of them is open: its text and times are fields. The others are text, so that thousands stay quick.

import { place } from "./cues.js";
import { writeTime } from "./time.js";

const make = (tag, className, text = "") => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

export class List {
  /** `direction` of the text; `sources` gives the lines of the film's own language beside a translated cue. */
  constructor(root, { language, direction, sources }) {
    this.scroll = root.querySelector("[data-scroll]");
    this.list = root.querySelector("[data-cues]");
    this.empty = root.querySelector("[data-empty]");
    this.editing = root.querySelector("[data-editing]").content.firstElementChild.cloneNode(true);
    this.text = this.editing.querySelector("[data-text]");
    this.in = this.editing.querySelector("[data-in]");
    this.out = this.editing.querySelector("[data-out]");
    this.measure = this.editing.querySelector("[data-measure]");
    this.findings = this.editing.querySelector("[data-findings]");
    [this.language, this.direction, this.sources] = [language, direction, sources];
    this.rows = new Map();
    this.cues = [];
    this.open = null;
    this.found = new Map();
    this.doubts = () => [];
  }

  row(key) {
    return this.rows.get(key);
  }

  /** The place in the list that has the focus: "text", "in", "out", "cue", or null. */
  get focus() {
    const active = document.activeElement;
    if (active === this.text) return "text";
    if (active === this.in) return "in";
    if (active === this.out) return "out";
    return active?.classList.contains("cue-handle") ? "cue" : null;
  }

  show(cues, open) {
    this.empty.hidden = cues.length > 0;
    const before = this.cues;
    this.cues = cues;
    if (before !== cues) this.#reconcile(before);
    if (open !== this.open) this.#move(open);
    this.#fill();
  }

  /** Rules that cues break, by the cue's key. */
  mark(found) {
    for (const key of new Set([...this.found.keys(), ...found.keys()])) {
      const row = this.rows.get(key);
      if (row) this.#flag(row, found.get(key) ?? []);
    }
    this.found = found;
    this.#fillFindings();
  }

  /** The cue that is being said. */
  say(key) {
    if (key === this.said) return;
    this.rows.get(this.said)?.classList.remove("cue-said");
    this.rows.get(key)?.classList.add("cue-said");
    this.said = key;
  }

  reveal(key) {
    const row = this.rows.get(key);
    if (!row) return;
    const [box, own] = [this.scroll.getBoundingClientRect(), row.getBoundingClientRect()];
    const room = Math.min(96, box.height / 4);
    if (own.top < box.top + room) this.scroll.scrollTop += own.top - box.top - room;
    else if (own.bottom > box.bottom - room) this.scroll.scrollTop += Math.min(own.bottom - box.bottom + room, own.top - box.top - room);
  }

  #reconcile(before) {
    const gone = new Set(before.map((cue) => cue.key));
    let previous = null;
    this.cues.forEach((cue, index) => {
      gone.delete(cue.key);
      const row = this.rows.get(cue.key) ?? this.#make(cue);
      const wanted = previous ? previous.nextElementSibling : this.list.firstElementChild;
      if (wanted !== row) this.list.insertBefore(row, wanted);
      if (row.cue !== cue || row.number !== index + 1) this.#write(row, cue, index + 1);
      previous = row;
    });
    for (const key of gone) {
      if (key === this.open) {
        this.editing.remove();
        this.open = null;
      }
      this.rows.get(key)?.remove();
      this.rows.delete(key);
    }
  }

  #make(cue) {
    const row = make("li", "cue");
    row.dataset.key = cue.key;
    const handle = make("button", "cue-handle");
    handle.type = "button";
    handle.tabIndex = -1;
    handle.append(make("span", "cue-number"), make("span", "cue-clock"), make("span", "cue-flag"), make("span", "cue-doubt"));
    const body = make("div", "cue-body");
    if (this.sources) body.append(make("p", "cue-source"));
    const text = make("p", "cue-text");
    [text.lang, text.dir] = [this.language, this.direction];
    body.append(text);
    row.append(handle, body);
    this.rows.set(cue.key, row);
    return row;
  }

  #write(row, cue, number) {
    [row.cue, row.number] = [cue, number];
    const [shown, clock, flag, doubt] = row.firstElementChild.children;
    shown.textContent = number;
    clock.textContent = writeTime(cue.start);
    row.querySelector(".cue-text").textContent = cue.text;
    row.classList.toggle("cue-blank", !cue.text.trim());
    if (this.sources) row.querySelector(".cue-source").textContent = this.sources(cue);
    const doubts = this.doubts(cue).map((word) => `“${word.text}”`);
    doubt.textContent = doubts.length ? "?" : "";
    doubt.title = doubts.length ? `to listen to: ${doubts.join(", ")}` : "";
    const flagged = [flag, doubt].filter((mark) => mark.textContent).map((mark) => `, ${mark.title}`).join("");
    row.firstElementChild.setAttribute("aria-label", `Cue ${number}, ${writeTime(cue.start)}: ${cue.text.replaceAll("\n", " ") || "empty"}${flagged}`);
  }

  #flag(row, found) {
    const flag = row.querySelector(".cue-flag");
    const wrong = found.some((finding) => finding.severity === "error");
    flag.textContent = found.length ? "!" : "";
    flag.title = found.map((finding) => finding.rule).join(", ");
    row.classList.toggle("cue-warned", found.length > 0 && !wrong);
    row.classList.toggle("cue-wrong", wrong);
    this.#write(row, row.cue, row.number);
  }

  #move(open) {
    const old = this.rows.get(this.open);
    if (old) {
      old.classList.remove("cue-open");
      old.firstElementChild.tabIndex = -1;
      old.firstElementChild.removeAttribute("aria-current");
    }
    this.open = open;
    const row = this.rows.get(open);
    if (!row) {
      this.editing.remove();
      return;
    }
    row.classList.add("cue-open");
    row.firstElementChild.tabIndex = 0;
    row.firstElementChild.setAttribute("aria-current", "true");
    // Moving an element takes its focus away; whoever moves it gives it back.
    row.querySelector(".cue-body").append(this.editing);
  }

  #fill() {
    const index = place(this.cues, this.open);
    const cue = this.cues[index];
    if (!cue) return;
    if (this.text.value !== cue.text) this.text.value = cue.text;
    this.text.rows = Math.max(2, cue.text.split("\n").length);
    this.text.setAttribute("aria-label", `Text of cue ${index + 1}`);
    if (document.activeElement !== this.in) this.in.value = writeTime(cue.start);
    if (document.activeElement !== this.out) this.out.value = writeTime(cue.end);
    const [seconds, letters] = [cue.end - cue.start, cue.text.replaceAll("\n", " ").length];
    const lines = cue.text.split("\n").map((line) => line.length).join(" + ");
    this.measure.textContent = `${seconds.toFixed(2)} s · ${lines} characters · ${seconds > 0 ? (letters / seconds).toFixed(1) : "–"} a second`;
    this.#fillFindings();
  }

  #fillFindings() {
    const cue = this.cues[place(this.cues, this.open)];
    if (!cue) return;
    const items = (this.found.get(cue.key) ?? []).map((finding) => {
      const item = make("li", `finding finding-${finding.severity}`, said(finding));
      if (finding.hint) item.append(make("span", "finding-hint", finding.hint));
      return item;
    });
    for (const doubt of this.doubts(cue)) {
      items.push(make("li", "finding finding-doubt", `“${doubt.text}”: ${DOUBTS[doubt.origin] ?? `heard with a probability of ${Math.round(doubt.probability * 100)} %`}`));
    }
    // The same words again would be read out again.
    const words = items.map((item) => item.textContent).join("\n");
    if (this.findings.dataset.words === words) return;
    this.findings.dataset.words = words;
    this.findings.replaceChildren(...items);
  }
}

const DOUBTS = {
  interpolated: "in the script, but not heard as such; its time is reckoned from its neighbours",
  "ad-libbed": "heard, but not in the script",
  recognised: undefined,
};

/** A finding beside its cue, which it calls "this cue": the numbers of a translation's check leave out what is not translated yet. */
function said({ message, value, limit, where }) {
  const words = message
    .replace(/^cues (\d+) and (\d+) /, "this cue and the next ")
    .replace(/ of cue \d+/, "")
    .replace(/\bcue (\d+)/g, (other, number) => ["this cue", "the next"][number - where?.cue] ?? other);
  const bound = typeof limit === "number" && value !== undefined && limit > 0 ? `; the rule is ${limit}` : "";
  return words.charAt(0).toUpperCase() + words.slice(1) + bound;
}
