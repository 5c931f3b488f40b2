// What differs between two versions, for eyes and for ears: words that went are struck out and said to have gone.

import { writeTime } from "./time.js";

const make = (tag, className, text = "") => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};

/** Elements for a difference as the program gives it. */
export function comparison({ changes, shift, words, moved, added, removed }) {
  if (!changes.length && !shift) return [make("p", "comparison-none", "They say the same at the same times.")];
  const list = document.createElement("ol");
  list.append(...changes.map(item));
  const counts = [[words, "reworded"], [moved, "retimed"], [added, "added"], [removed, "removed"]]
    .filter(([count]) => count).map(([count, what]) => `${count} ${what}`);
  if (shift) counts.unshift(`all moved by ${signed(shift)}`);
  return [make("p", "comparison-count", counts.join(", ")), list];
}

function item(change) {
  const row = document.createElement("li");
  row.append(make("span", "comparison-at", writeTime(change.at)));
  const text = make("p", "comparison-text");
  for (const [kind, said] of change.words) text.append(part(kind, said), " ");
  row.append(text);
  const beside = [
    change.begins && `in ${signed(change.begins)}`, change.ends && `out ${signed(change.ends)}`, change.looks && "looks changed", change.place && "place on the picture changed",
  ].filter(Boolean);
  if (beside.length) row.append(make("p", "comparison-moved", beside.join(", ")));
  return row;
}

const signed = (seconds) => `${seconds > 0 ? "+" : "−"}${Math.abs(seconds).toFixed(3)} s`;

function part(kind, said) {
  if (kind === "same") return document.createTextNode(said);
  const element = make(kind === "new" ? "ins" : "del", "", said);
  element.prepend(make("span", "unseen", kind === "new" ? "now: " : "before: "));
  return element;
}
