// Find and replace: what matches is marked in the list, Enter goes from one to the next, and every replacement can be undone.

import { change } from "./cues.js";

export class Find {
  /** `editor` has cues, edit(cues, words), goTo(key, from, to). */
  constructor(root, editor) {
    this.panel = root.querySelector("[data-find-panel]");
    this.what = root.querySelector("[data-find]");
    this.with = root.querySelector("[data-replace]");
    this.count = root.querySelector("[data-found]");
    this.strict = root.querySelector("[data-find-case]");
    this.whole = root.querySelector("[data-find-word]");
    this.editor = editor;
    this.hits = [];
    this.at = -1;
    for (const field of [this.what, this.strict, this.whole]) field.addEventListener("input", () => this.look());
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.matches("button")) return;
      event.preventDefault();
      if (event.target === this.with) this.replace();
      else this.go(event.shiftKey ? -1 : 1);
    });
  }

  get pattern() {
    if (!this.what.value) return null;
    const bare = this.what.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    // `\b` knows no letters beyond ASCII.
    const words = this.whole.checked ? `(?<![\\p{L}\\p{N}])${bare}(?![\\p{L}\\p{N}])` : bare;
    return new RegExp(words, this.strict.checked ? "gu" : "giu");
  }

  open(selected) {
    this.panel.hidden = false;
    if (selected && !selected.includes("\n")) this.what.value = selected;
    this.what.focus();
    this.what.select();
    this.look();
  }

  close() {
    this.panel.hidden = true;
    this.hits = [];
    this.mark();
  }

  /** Look again, as the cues or the words have changed. */
  look() {
    const pattern = this.panel.hidden ? null : this.pattern;
    this.hits = [];
    if (pattern) {
      for (const cue of this.editor.cues) {
        for (const found of cue.text.matchAll(pattern)) {
          if (found[0]) this.hits.push({ key: cue.key, from: found.index, to: found.index + found[0].length });
        }
      }
    }
    this.at = Math.min(this.at, this.hits.length - 1);
    this.count.textContent = pattern ? `${this.hits.length || "nothing"} found` : "";
    this.mark();
  }

  go(step) {
    if (!this.hits.length) return;
    this.at = this.at < 0 && step > 0 ? this.#nextFromHere() : (this.at + step + this.hits.length) % this.hits.length;
    const hit = this.hits[this.at];
    this.count.textContent = `${this.at + 1} of ${this.hits.length}`;
    this.editor.goTo(hit.key, hit.from, hit.to);
    this.mark();
  }

  replace() {
    const hit = this.hits[this.at];
    if (!hit) {
      this.go(1);
      return;
    }
    const cue = this.editor.cues.find((one) => one.key === hit.key);
    const text = cue.text.slice(0, hit.from) + this.with.value + cue.text.slice(hit.to);
    this.editor.edit(change(this.editor.cues, hit.key, { text }), `Replaced in cue ${this.editor.cues.indexOf(cue) + 1}.`);
    this.at -= 1;
    this.look();
    this.go(1);
  }

  replaceAll() {
    const pattern = this.pattern;
    if (!pattern || !this.hits.length) return;
    const count = this.hits.length;
    const words = this.with.value;
    const cues = this.editor.cues.map((cue) => {
      const text = cue.text.replaceAll(pattern, () => words);
      return text === cue.text ? cue : { ...cue, text };
    });
    this.editor.edit(cues, `${count} replaced.`);
    this.look();
    this.count.textContent = `${count} replaced`;
  }

  /** Matches in the closed rows, painted by the browser itself: the rows stay as they are. */
  mark() {
    if (!globalThis.Highlight) return;
    const [all, now] = [new Highlight(), new Highlight()];
    this.hits.forEach((hit, index) => {
      const text = this.editor.textNode(hit.key);
      if (!text || hit.to > text.length) return;
      const range = new Range();
      range.setStart(text, hit.from);
      range.setEnd(text, hit.to);
      (index === this.at ? now : all).add(range);
    });
    CSS.highlights.set("found", all);
    CSS.highlights.set("found-now", now);
  }

  #nextFromHere() {
    const here = this.editor.cues.findIndex((cue) => cue.key === this.editor.current?.key);
    const order = new Map(this.editor.cues.map((cue, index) => [cue.key, index]));
    const next = this.hits.findIndex((hit) => order.get(hit.key) >= here);
    return next < 0 ? 0 : next;
  }
}
