// The editor: one list of cues, one of them current, every change a step that can be undone; and what each key and button does.

import { bestCut, change, fromServer, inOrder, insert, makeCue, merge, place, remove, split, toServer } from "./cues.js";
import { Check } from "./check.js";
import { Doubts } from "./doubts.js";
import { Film } from "./film.js";
import { Find } from "./find.js";
import { History } from "./history.js";
import { List } from "./list.js";
import { choice, Draft, keepChoice } from "./memory.js";
import { Server } from "./server.js";
import { Frames, readTime, writeTime } from "./time.js";
import { Waveform } from "./waveform.js";
import { Follower, spanAt } from "../follow.js";

const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b|-arab$/i;
const overlap = (one, other) => Math.min(one.end, other.end) - Math.max(one.start, other.start);

export class Editor {
  constructor(root, track, source) {
    this.root = root;
    this.data = root.dataset;
    this.translation = this.data.language !== this.data.own;
    this.frames = new Frames(this.data.rate);
    this.duration = Number(this.data.duration);
    this.server = new Server(this.data.slug, this.data.language);
    this.draft = new Draft(this.data.slug, this.data.language);
    this.source = source.map(fromServer);
    this.doubts = new Doubts(track.doubts);
    this.profile = choice("profile", "netflix");
    this.finding = new Map();
    this.settled = false;
    this.direction = RIGHT_TO_LEFT.test(this.data.language) ? "rtl" : "ltr";
    this.list = new List(root, {
      language: this.data.language, direction: this.direction,
      sources: this.translation ? (cue) => this.#sourceOf(cue) : null,
    });
    this.list.doubts = (cue) => this.doubts.of(cue);
    this.film = new Film(root, this.frames, (at) => this.#played(at));
    this.wave = new Waveform(root, this.frames, {
      seek: (at) => this.film.seek(at),
      open: (at) => this.go(this.cues.find((cue) => cue.start <= at && at < cue.end)?.key, "text"),
      nudge: (side, frames) => this.nudge(side, frames),
      retime: (side, key, at, done) => this.drag(side, key, at, done),
    });
    this.wave.doubts = (cue) => this.doubts.of(cue);
    this.check = new Check(
      (cues, profile, signal) => this.server.check(cues.map(toServer), profile, this.data.rate, signal),
      (...answer) => this.#checked(...answer),
    );
    this.find = new Find(root, {
      edit: (cues, words) => this.step(cues, words), textNode: (key) => this.#textNode(key),
      goTo: (key, from, to) => this.#select(key, from, to),
    });
    Object.defineProperties(this.find.editor, { cues: { get: () => this.cues }, current: { get: () => this.current } });
    this.follower = new Follower(this.list.scroll, root.querySelector("[data-follow]"));
    this.statusLine = root.querySelector("[data-status]");
    this.saidLine = root.querySelector("[data-said]");
    this.notices = root.querySelector("[data-notices]");
    this.summaryLine = root.querySelector("[data-summary]");
    this.load(track);
  }

  get cues() {
    return this.history.present.cues;
  }

  get current() {
    return this.cues[place(this.cues, this.history.present.key)] ?? null;
  }

  get unsaved() {
    return this.cues !== this.saved;
  }

  /** The cues that would be saved: a translation's empty ones only hold the place of what is not translated yet. */
  get kept() {
    return this.translation ? this.cues.filter((cue) => cue.text.trim()) : this.cues;
  }

  /** Take up a track as the program gives it; with `cues`, a person's unsaved ones on top of it. */
  load(track, cues = null, key = null) {
    this.base = track.version;
    this.track = track;
    const saved = this.#withPlaces(track.cues.map(fromServer));
    const mine = cues ? this.#withPlaces(cues) : saved;
    this.saved = saved;
    this.history = new History({ cues: mine, key: key ?? mine[0]?.key ?? null });
    this.show();
  }

  show({ centre = false, focus = null } = {}) {
    const { cues, key } = this.history.present;
    this.list.show(cues, key);
    this.wave.show(cues, this.current, { centre });
    this.#played(this.film.time);
    this.find.look();
    this.check.soon(this.kept, this.profile);
    for (const [what, steps] of [["undo", this.history.past], ["redo", this.history.future]]) {
      this.root.querySelector(`[data-do='${what}']`).disabled = steps.length === 0;
    }
    this.root.querySelector(".editor-bar [data-do='save']").disabled = !this.unsaved;
    if (this.unsaved) {
      this.status(`Unsaved changes to version ${this.base}`);
      this.draft.keep(() => ({ base: this.base, cues: this.kept.map(toServer) }), (kept) => {
        if (!kept) this.notice("draft", "This browser keeps no drafts: save often.");
      });
    } else {
      // Until an older page's draft is taken up, the browser goes on keeping it.
      if (this.settled) this.draft.forget();
      const by = this.track.edited_by || "the machine";
      this.status(this.base ? `Version ${this.base}, ${by}` : "Nothing saved yet");
    }
    if (focus) this.focus(focus);
  }

  /** A step: new cues, and perhaps another current one; told to those who listen. */
  step(cues, words = "", { key = this.history.present.key, kind = "", focus = null, caret = null } = {}) {
    this.history.push({ cues: inOrder(cues), key }, kind);
    this.show({ focus });
    if (caret !== null && this.list.focus === "text") this.list.text.setSelectionRange(caret, caret);
    if (words) this.say(words);
  }

  say(words) {
    // The same words twice are two pieces of news.
    this.saidLine.textContent = this.saidLine.textContent === words ? `${words}\u00a0` : words;
  }

  status(words) {
    this.statusLine.textContent = words;
  }

  /** A line above the list, of which there is one of each kind; empty words take it away. */
  notice(kind, words, actions = []) {
    this.notices.querySelector(`[data-kind='${kind}']`)?.remove();
    if (!words) return;
    const line = Object.assign(document.createElement("p"), { className: "notice editor-notice" });
    line.dataset.kind = kind;
    line.setAttribute("role", kind === "error" ? "alert" : "status");
    line.append(words);
    for (const [name, act] of [...actions, ["Close", () => line.remove()]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "text-button", textContent: name });
      button.addEventListener("click", act);
      line.append(" ", button);
    }
    this.notices.append(line);
  }

  fail(error) {
    this.notice("error", `${error.message} ${error.hint ?? ""}`);
  }

  /** Put the focus where it is of use: "text" of the current cue, or "cue" itself. */
  focus(where) {
    if (!this.current || !where) return;
    const row = this.list.row(this.current.key);
    if (where === "cue") row.querySelector(".cue-handle").focus({ preventScroll: true });
    else this.list[where].focus({ preventScroll: true });
    this.list.reveal(this.current.key);
  }

  /** Make another cue the current one; the film goes to it. `where` takes the focus, by default where it is now. */
  go(key, where = this.list.focus ?? "cue", { seek = true } = {}) {
    if (place(this.cues, key) < 0) return;
    this.history.amend({ key });
    this.list.show(this.cues, key);
    this.wave.show(this.cues, this.current);
    if (seek && Math.abs(this.film.time - this.current.start) > 0.001) this.film.seek(this.current.start + this.frames.length / 4);
    this.focus(where);
    if (where === "text") this.list.text.setSelectionRange(this.current.text.length, this.current.text.length);
  }

  typed(text) {
    if (!this.current || text === this.current.text) return;
    this.step(change(this.cues, this.current.key, { text }), "", { kind: `text ${this.current.key}` });
  }

  /** A time from one of the two fields; what is no time, or would turn the cue round, is put back. */
  timed(side, text) {
    const at = readTime(text);
    if (!this.current) return;
    if (at === null) {
      this.say(`“${text}” is no time. Write it as 1:02.5.`);
      this.list.show(this.cues, this.current.key);
      return;
    }
    if (Math.abs(at - this.current[side === "in" ? "start" : "end"]) > 0.0005) this.retime(side, at);
  }

  retime(side, at, kind = "") {
    const cue = this.current;
    if (!cue) return;
    const fields = side === "in"
      ? { start: Math.min(Math.max(0, at), this.duration || at) }
      : { end: Math.min(at, Math.max(this.duration, cue.end)) };
    const { start, end } = { ...cue, ...fields };
    if (end - start < this.frames.length * 0.99) {
      this.say(side === "in" ? "In cannot be later than out." : "Out cannot be earlier than in.");
      this.list.show(this.cues, cue.key);
      return;
    }
    this.step(change(this.cues, cue.key, fields), `${side === "in" ? "In" : "Out"} ${writeTime(side === "in" ? start : end)}`, { kind });
  }

  nudge(side, frames) {
    if (!this.current) return;
    const at = this.current[side === "in" ? "start" : "end"];
    this.retime(side, this.frames.move(at, frames), `${side} ${this.current.key}`);
  }

  /** A handle of the waveform under a finger: it stops at its neighbour, and the whole way is one step. */
  drag(side, key, at, done) {
    const index = place(this.cues, key);
    const cue = this.cues[index];
    if (!cue) return;
    const [before, after] = [this.cues[index - 1]?.end ?? 0, this.cues[index + 1]?.start ?? this.duration];
    const fields = side === "in"
      ? { start: Math.min(Math.max(at, Math.min(before, cue.start)), cue.end - this.frames.length) }
      : { end: Math.max(Math.min(at, Math.max(after, cue.end)), cue.start + this.frames.length) };
    if (Object.entries(fields).every(([name, value]) => Math.abs(cue[name] - value) < 0.0005)) return;
    this.step(change(this.cues, key, fields), done ? `${side} ${writeTime(Object.values(fields)[0])}` : "", { kind: `drag ${side} ${key}` });
  }

  /** In the text at the caret, and in time where that word is said; in the list where the film stands. */
  split() {
    const cue = this.current;
    if (!cue) return;
    const inText = this.list.focus === "text";
    const inside = this.film.time > cue.start + this.frames.length && this.film.time < cue.end - this.frames.length;
    const share = (caret) => this.frames.snap(cue.start + ((cue.end - cue.start) * caret) / Math.max(1, cue.text.length));
    let caret = inText ? this.list.text.selectionStart : bestCut(cue.text);
    let at = inside && !inText ? this.frames.snap(this.film.time) : share(caret);
    if (inside && !inText) {
      const wanted = ((at - cue.start) / (cue.end - cue.start)) * cue.text.length;
      const spaces = [...cue.text.matchAll(/\s+/g)].map((found) => found.index + found[0].length);
      caret = spaces.sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))[0] ?? cue.text.length;
    }
    at = Math.min(Math.max(at, cue.start + this.frames.length), cue.end - this.frames.length);
    if (cue.end - cue.start < this.frames.length * 2) {
      this.say("This cue is too short to be split.");
      return;
    }
    const { cues, key } = split(this.cues, cue.key, caret, at);
    this.step(cues, `Split. Cue ${place(cues, key) + 1} of ${cues.length}.`, { key, focus: inText ? "text" : "cue", caret: 0 });
  }

  merge() {
    const joined = this.current && merge(this.cues, this.current.key);
    if (!joined) {
      this.say("There is no cue after this one.");
      return;
    }
    const focus = this.list.focus === "text" ? "text" : "cue";
    this.step(joined.cues, `Merged. Cue ${place(joined.cues, joined.key) + 1} of ${joined.cues.length}.`, { ...joined, focus });
  }

  insert() {
    const { cues, key } = insert(this.cues, this.current?.key ?? null, this.frames.snap(this.film.time), this.duration, this.frames.length);
    this.step(cues, `New cue ${place(cues, key) + 1} of ${cues.length}.`, { key, focus: "text" });
  }

  delete() {
    if (!this.current) return;
    const focus = this.list.focus === "text" ? "text" : "cue";
    const number = place(this.cues, this.current.key) + 1;
    const { cues, key } = remove(this.cues, this.current.key);
    this.step(cues, `Cue ${number} deleted, ${cues.length} left.`, { key, focus: key ? focus : null });
    if (!key) this.root.querySelector("[data-empty] button").focus();
  }

  undo(redo = false) {
    const focus = this.list.focus;
    if (!(redo ? this.history.redo() : this.history.undo())) {
      this.say(redo ? "Nothing to do again." : "Nothing to undo.");
      return;
    }
    this.show({ focus: focus ?? "cue" });
    this.say(redo ? "Done again." : "Undone.");
  }

  neighbour(step) {
    const index = place(this.cues, this.history.present.key) + step;
    const to = this.cues[Math.min(Math.max(index, 0), this.cues.length - 1)];
    if (to) this.go(to.key);
  }

  /** The cue under the film's place, else the one before it. */
  here() {
    const cue = this.cues.filter((one) => one.start <= this.film.time + 0.02).at(-1) ?? this.cues[0];
    if (cue) this.go(cue.key, undefined, { seek: false });
  }

  nextFinding() {
    const from = place(this.cues, this.history.present.key);
    const order = [...this.cues.slice(from + 1), ...this.cues.slice(0, from + 1)];
    const next = order.find((cue) => this.finding.has(cue.key) || this.doubts.of(cue).length);
    if (next) this.go(next.key);
    else this.say("No cue breaks a rule, and no word is in doubt.");
  }

  setProfile(name) {
    this.profile = name;
    keepChoice("profile", name);
    this.check.soon(this.kept, name);
  }

  #select(key, from, to) {
    this.go(key, null);
    this.list.reveal(key);
    this.list.text.setSelectionRange(from, to);
  }

  #textNode(key) {
    return this.list.row(key)?.querySelector(".cue-text")?.firstChild ?? null;
  }

  #played(at) {
    const cue = this.cues.find((one) => one.start <= at + 0.001 && at < one.end) ?? null;
    this.film.write(cue, this.data.language, this.direction);
    this.wave.playing(at, this.film.playing);
    this.list.say(cue?.key);
    // While somebody writes, the list stays where they write.
    if (this.film.playing && cue && !this.list.focus) this.follower.show(this.list.row(cue.key));
  }

  #checked(found, whole, error) {
    if (error) {
      this.summaryLine.textContent = "The rules could not be checked just now.";
      return;
    }
    this.finding = found;
    this.list.mark(found);
    const count = found.size;
    const cues = `${this.kept.length} ${this.kept.length === 1 ? "cue" : "cues"}`;
    const missing = this.cues.length - this.kept.length;
    const doubted = this.doubts.count(this.cues);
    this.summaryLine.textContent = [
      cues, missing ? `${missing} not translated yet` : "", count ? `${count} outside the rules (G goes to the next)` : "all within the rules",
      doubted ? `${doubted} ${doubted === 1 ? "word" : "words"} to listen to` : "",
      ...whole.map((finding) => finding.message),
    ].filter(Boolean).join(", ");
  }

  #sourceOf(cue) {
    return this.source.filter((one) => overlap(one, cue) > 0.5 * Math.min(one.end - one.start, cue.end - cue.start))
      .map((one) => one.text).join("\n");
  }

  /** A translation with a place for every cue of the film's own language that has none yet. */
  #withPlaces(cues) {
    if (!this.translation) return cues;
    const missing = this.source.filter((one) => !cues.some((cue) => overlap(one, cue) > 0.5 * Math.min(one.end - one.start, cue.end - cue.start)));
    return inOrder([...cues, ...missing.map((one) => makeCue(one.start, one.end, "", { settings: one.settings }))]);
  }
}
