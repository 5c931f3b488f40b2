// Undo and redo: whole states, one after the other. Cues share their unchanged parts, so that a thousand states weigh little.

const MOST = 1000;

export class History {
  constructor(state) {
    this.past = [];
    this.present = state;
    this.future = [];
    this.kind = "";
    this.at = 0;
  }

  /** A new state. Those of the same `kind`, such as letters typed into one cue, are one step while they follow within two seconds. */
  push(state, kind = "") {
    const now = performance.now();
    if (!(kind && kind === this.kind && now - this.at < 2000)) {
      this.past.push(this.present);
      if (this.past.length > MOST) this.past.shift();
    }
    [this.present, this.future, this.kind, this.at] = [state, [], kind, now];
  }

  /** Selection and such, which are no step of their own. */
  amend(fields) {
    this.present = { ...this.present, ...fields };
  }

  undo() {
    return this.#move(this.past, this.future);
  }

  redo() {
    return this.#move(this.future, this.past);
  }

  #move(from, to) {
    if (!from.length) return null;
    to.push(this.present);
    this.present = from.pop();
    this.kind = "";
    return this.present;
  }
}
