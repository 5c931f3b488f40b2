// What differs between two versions, for eyes and for ears: words that went are struck out and said to have gone.

import { writeTime } from "./time.js";

const make = (tag, className, text = "") => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};

const words = (cues) => cues.map((cue) => cue.lines.join(" ")).join(" ");

/** Elements for a list of changes as the program gives them. */
export function comparison(changes) {
  if (!changes.length) return [make("p", "comparison-none", "They say the same at the same times.")];
  const list = document.createElement("ol");
  list.append(...changes.map(item));
  const counts = ["words", "times", "added", "removed"].map((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count && { words: `${count} reworded`, times: `${count} retimed`, added: `${count} added`, removed: `${count} removed` }[kind];
  });
  return [make("p", "comparison-count", counts.filter(Boolean).join(", ")), list];
}

function item(change) {
  const row = document.createElement("li");
  const at = (change.after[0] ?? change.before[0]).start;
  row.append(make("span", "comparison-at", writeTime(at)));
  const text = make("p", "comparison-text");
  if (change.kind === "added") text.append(part("in", words(change.after)));
  else if (change.kind === "removed") text.append(part("out", words(change.before)));
  else if (change.kind === "times") text.textContent = words(change.after);
  else for (const [kind, said] of change.words) text.append(part(kind, said), " ");
  row.append(text);
  const moved = change.moved.map((seconds) => (Math.abs(seconds) < 0.0005 ? "" : `${seconds > 0 ? "+" : "−"}${Math.abs(seconds).toFixed(3)} s`));
  if (moved.some(Boolean)) {
    row.append(make("p", "comparison-moved", ["in", "out"].map((side, index) => moved[index] && `${side} ${moved[index]}`).filter(Boolean).join(", ")));
  }
  return row;
}

function part(kind, said) {
  if (kind === "same") return document.createTextNode(said);
  const element = make(kind === "in" ? "ins" : "del", "", said);
  element.prepend(make("span", "unseen", kind === "in" ? "now: " : "before: "));
  return element;
}
