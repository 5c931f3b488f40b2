// Cues, and what can be done to them. Nothing here changes a list of cues: every function gives a new one.

import { cutMarks, letters, moveMarks } from "./marks.js";

let last = 0;

/** A cue as the editor keeps it: `key` stays with it for as long as the page is open; `text` has its lines. */
export function makeCue(start, end, text, more = {}) {
  last += 1;
  return { ...more, key: last, start, end, text };
}

export const fromServer = (cue) => {
  const text = cue.lines.join("\n");
  return makeCue(cue.start, cue.end, text, {
    id: cue.id ?? "", settings: cue.settings ?? {}, fields: cue.fields ?? {}, marks: cue.marks ?? [], marked: text,
  });
};

/** As the program takes it. */
export const toServer = (cue) => ({
  start: cue.start, end: cue.end, lines: cue.text.split("\n"), id: cue.id ?? "", settings: cue.settings ?? {},
  fields: cue.fields ?? {}, marks: looks(cue),
});

/** A cue's marks (italics, colours …) where they stand in its text now; `marked` is the text for which they were made. */
const looks = (cue) => (cue.marks?.length ? moveMarks(cue.marks, cue.marked, cue.text) : []);

export const place = (cues, key) => cues.findIndex((cue) => cue.key === key);

/** Cues with one of them changed. */
export function change(cues, key, fields) {
  return cues.map((cue) => (cue.key === key ? { ...cue, ...fields } : cue));
}

/** In the order of their starts; those that start together keep their order. */
export function inOrder(cues) {
  for (let at = 1; at < cues.length; at += 1) {
    if (cues[at].start < cues[at - 1].start) return [...cues].sort((one, other) => one.start - other.start);
  }
  return cues;
}

/** Two halves of a cue: cut before the character `caret`, at the time `at`. Gives the cues and the second half's key. */
export function split(cues, key, caret, at) {
  const index = place(cues, key);
  const cue = cues[index];
  const [before, after] = [cue.text.slice(0, caret).trimEnd(), cue.text.slice(caret).trimStart()];
  const marks = looks(cue);
  const second = makeCue(at, cue.end, after, {
    settings: cue.settings, fields: cue.fields, marks: cutMarks(marks, letters(cue.text) - letters(after), letters(cue.text)), marked: after,
  });
  const out = [...cues];
  out.splice(index, 1, { ...cue, end: at, text: before, marks: cutMarks(marks, 0, letters(before)), marked: before }, second);
  return { cues: out, key: second.key };
}

/** A cue and the next as one. Gives the cues, the key, and where in the text the two meet; null for the last cue. */
export function merge(cues, key) {
  const index = place(cues, key);
  if (index < 0 || index + 1 >= cues.length) return null;
  const [one, other] = [cues[index], cues[index + 1]];
  // Two short cues become two lines; where there are lines already, the text goes on.
  const glue = !one.text || !other.text ? "" : /\n/.test(one.text + other.text) ? " " : "\n";
  const text = one.text + glue + other.text;
  const shift = letters(one.text + glue);
  const marks = [...looks(one), ...looks(other).map((mark) => ({ ...mark, start: mark.start + shift, end: mark.end + shift }))];
  const out = [...cues];
  out.splice(index, 2, { ...one, end: Math.max(one.end, other.end), text, marks, marked: text });
  return { cues: out, key, caret: (one.text + glue).length };
}

/** A new, empty cue after another one (null: the first), in the room there is before the next, at most two seconds. */
export function insert(cues, key, at, duration, frame) {
  const index = key === null ? -1 : place(cues, key);
  const start = index >= 0 ? Math.max(cues[index].end, 0) : at;
  const next = cues[index + 1]?.start ?? Math.max(duration, start + frame);
  const end = Math.max(start + frame, Math.min(start + 2, next));
  const fresh = makeCue(start, end, "", { settings: {} });
  const out = [...cues];
  out.splice(index + 1, 0, fresh);
  return { cues: out, key: fresh.key };
}

/** Without a cue. Gives the cues and the key to go on from: the next one's, else the last one's, else null. */
export function remove(cues, key) {
  const index = place(cues, key);
  const out = cues.filter((cue) => cue.key !== key);
  return { cues: out, key: (out[index] ?? out[index - 1])?.key ?? null };
}

/** The place in a text where a split reads best: after a sentence, a line, a comma, else the middle word. */
export function bestCut(text) {
  const middle = text.length / 2;
  const nearest = (pattern) =>
    [...text.matchAll(pattern)].map((found) => found.index + found[0].length)
      .filter((at) => at > 0 && at < text.length)
      .sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0];
  return nearest(/[.!?…؟。！？]["”’)]*\s+/g) ?? nearest(/\n/g) ?? nearest(/[,;:–—،]\s+/g) ?? nearest(/\s+/g) ?? text.length;
}
