// What the page asks the program, and what comes back; every failure is an `Refused` with words for a person.

export class Refused extends Error {
  constructor(status, message, hint = "") {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

export class Server {
  constructor(slug, language) {
    this.base = `/watch/${encodeURIComponent(slug)}/edit`;
    this.language = language;
  }

  async #ask(method, part, parameters, body, signal) {
    const query = new URLSearchParams(parameters);
    let answer;
    try {
      answer = await fetch(`${this.base}/${part}?${query}`, {
        method, signal, body, headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store",
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Refused(0, "There is no connection to the studio.", "What you wrote is kept in this browser.");
    }
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => ({}));
    const words = answer.status === 404 ? "This browser is no longer let in; open the editing link again." : null;
    throw new Refused(answer.status, said.error?.message && answer.status !== 404 ? said.error.message : words ?? "Something broke in the studio.", said.error?.hint);
  }

  async #json(...asked) {
    return (await this.#ask(...asked)).json();
  }

  track(language = this.language, more = {}) {
    return this.#json("GET", "track", { language, ...more });
  }

  save(cues, base, by, note = "") {
    return this.#json("POST", "track", { language: this.language }, JSON.stringify({ cues, base, by, note }));
  }

  remove(base, by) {
    return this.#json("DELETE", "track", { language: this.language }, JSON.stringify({ base, by }));
  }

  upload(file, language, base, by) {
    return this.#json("POST", "file", { language, name: file.name, base, by }, file);
  }

  restore(version, base, by) {
    return this.#json("POST", "restore", { language: this.language }, JSON.stringify({ version, base, by }));
  }

  versions() {
    return this.#json("GET", "versions", { language: this.language });
  }

  compare(before, after) {
    return this.#json("GET", "compare", { language: this.language, before, after });
  }

  merge(cues, base) {
    return this.#json("POST", "merge", { language: this.language }, JSON.stringify({ cues, base }));
  }

  check(cues, profile, rate, signal) {
    return this.#json("POST", "check", { language: this.language }, JSON.stringify({ cues, profile, rate }), signal);
  }

  async waveform() {
    return new Uint8Array(await (await this.#ask("GET", "waveform", {})).arrayBuffer());
  }
}
