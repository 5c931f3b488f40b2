// What this browser keeps: unsaved work against a lost connection or a closed window, and the person's name.

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};

/** False when the browser would not keep it: storage refused, or full. */
const write = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

const forget = (key) => {
  try {
    localStorage.removeItem(key);
  } catch { /* then there is nothing to forget either */ }
};

/** Unsaved cues of one track. A window of its own: two windows on the same track would overwrite each other's otherwise. */
export class Draft {
  constructor(slug, language) {
    this.key = `draft:${slug}:${language}`;
    this.timer = 0;
    this.waiting = null;
  }

  read() {
    const kept = read(this.key);
    return Array.isArray(kept?.cues) && Number.isInteger(kept.base) ? kept : null;
  }

  /** Keep what `make` gives, soon; `then(kept)` hears whether the browser did. */
  keep(make, then = () => {}) {
    this.waiting = () => then(write(this.key, { ...make(), at: new Date().toISOString() }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 400);
  }

  flush() {
    clearTimeout(this.timer);
    this.waiting?.();
    this.waiting = null;
  }

  forget() {
    clearTimeout(this.timer);
    this.waiting = null;
    forget(this.key);
  }
}

export const yourName = () => read("editor-name") ?? "";
export const keepName = (name) => write("editor-name", name);
export const choice = (name, fallback) => read(`editor-${name}`) ?? fallback;
export const keepChoice = (name, value) => write(`editor-${name}`, value);
