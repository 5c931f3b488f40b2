// Rules, checked by the program while one writes: soon after a pause, never two checks at once, and never an old answer.

export class Check {
  /** `ask(cues, profile, signal)` gives findings; `tell(findings by key, those of the whole track, error)` shows them. */
  constructor(ask, tell) {
    [this.ask, this.tell] = [ask, tell];
    this.timer = 0;
    this.running = null;
    this.took = 0;
  }

  /** Check these cues soon. Where a check takes long, as it does with thousands of cues, the wait grows with it. */
  soon(cues, profile) {
    this.wanted = [cues, profile];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#run(), Math.min(2000, Math.max(120, this.took * 1.5)));
  }

  async #run() {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const [cues, profile] = this.wanted;
    const began = performance.now();
    try {
      const { findings } = await this.ask(cues, profile, running.signal);
      this.took = performance.now() - began;
      const found = new Map();
      const whole = [];
      for (const finding of findings) {
        const cue = cues[(finding.where?.cue ?? 0) - 1];
        if (cue) found.set(cue.key, [...(found.get(cue.key) ?? []), finding]);
        else whole.push(finding);
      }
      this.tell(found, whole, null);
    } catch (error) {
      if (error.name !== "AbortError") this.tell(null, [], error);
    }
  }
}
