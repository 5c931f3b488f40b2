// Which key does what. On a cue in the list a letter works by itself, in a field with Alt: WCAG 2.1.4 asks that single letters
// do nothing while something else has the focus.

const LETTERS = {
  k: "play", p: "play-cue", ",": "frame-back", ".": "frame-on", j: "back", l: "on", "<": "slower", ">": "faster",
  a: "here", g: "next-finding", t: "times", i: "set-in", o: "set-out", q: "in-earlier", w: "in-later", e: "out-earlier",
  r: "out-later", s: "split", m: "merge", n: "insert", x: "delete", f: "find", v: "versions", d: "take", y: "languages",
  "+": "closer", "=": "closer", "-": "wider", "?": "help",
};
const NAMED = { ArrowUp: "previous", ArrowDown: "next", Delete: "delete" };
const ON_A_CUE = { " ": "play", Enter: "text", ArrowLeft: "frame-back", ArrowRight: "frame-on", Home: "first", End: "last", PageUp: "page-up", PageDown: "page-down" };
const CODES = { Comma: ",", Period: ".", Minus: "-", Equal: "+", Slash: "?", NumpadAdd: "+", NumpadSubtract: "-" };
/** Things to do of which Shift does ten frames at once. */
const BY_TEN = new Set(["in-earlier", "in-later", "out-earlier", "out-later"]);

/** The character of a key held with Alt: on a Mac, Alt makes another character of it, and only the key's place tells. */
function plain(event) {
  const key = event.key.toLowerCase();
  if (LETTERS[event.key] || LETTERS[key] || NAMED[event.key]) return event.shiftKey && LETTERS[event.key] ? event.key : key;
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.shiftKey && event.code === "Comma") return "<";
  if (event.shiftKey && event.code === "Period") return ">";
  return CODES[event.code] ?? key;
}

/** What a key asks for: `{ what, ten }`, or null when it is left to the browser. `onCue`: a cue in the list has the focus. */
export function meaning(event, { onCue, field }) {
  const control = event.ctrlKey || event.metaKey;
  if (event.isComposing || event.key === "Dead") return null;
  if (control && !event.altKey) {
    const key = event.key.toLowerCase();
    if (key === "s") return { what: "save" };
    if (key === "z") return { what: event.shiftKey ? "redo" : "undo" };
    if (key === "y") return { what: "redo" };
    if (key === "enter" && field) return { what: "split" };
    return null;
  }
  if (event.key === "Escape" && field) return { what: "leave" };
  if (event.key === "F1") return { what: "help" };
  if (event.altKey && !control) {
    const what = LETTERS[plain(event)] ?? NAMED[event.key];
    return what ? { what, ten: event.shiftKey && BY_TEN.has(what) } : null;
  }
  if (!onCue || field || control) return null;
  const what = ON_A_CUE[event.key] ?? NAMED[event.key] ?? LETTERS[event.key] ?? LETTERS[event.key.toLowerCase()];
  return what ? { what, ten: event.shiftKey && BY_TEN.has(what) } : null;
}
