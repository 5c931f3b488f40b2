// The list of versions: choose two and see what changed, or put an older one in front again.

import { comparison } from "./comparison.js";

const when = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

export class Versions {
  /** `editor` has server, base, unsaved, name(), opened(track, words), fail(error). */
  constructor(root, editor) {
    this.dialog = root.querySelector("[data-dialog='versions']");
    this.list = root.querySelector("[data-versions]");
    this.shown = root.querySelector("[data-comparison]");
    this.editor = editor;
  }

  async open() {
    let versions;
    try {
      ({ versions } = await this.editor.server.versions());
    } catch (error) {
      this.editor.fail(error);
      return;
    }
    this.list.replaceChildren(...versions.map((version, index) => this.#row(version, versions[index + 1])));
    this.shown.replaceChildren();
    if (!versions.length) this.shown.textContent = "Nothing is saved yet.";
    if (!this.dialog.open) this.dialog.showModal();
    const current = versions.find((version) => version.current);
    const newer = versions.find((version) => !version.edited_by && current?.edited_by && version.version > current.version);
    const before = newer ? current : versions[versions.indexOf(current) + 1];
    if (current && before) this.compare(before.version, (newer ?? current).version);
  }

  #row(version, older) {
    const row = document.createElement("li");
    row.dataset.version = version.version;
    const title = document.createElement("h3");
    title.textContent = `${version.version}. ${version.edited_by || "The machine"}`;
    if (version.current) title.append(Object.assign(document.createElement("span"), { className: "version-front", textContent: "shown" }));
    const words = document.createElement("p");
    const from = version.made_from && version.made_from !== version.version - 1 ? `, from version ${version.made_from}` : "";
    words.textContent = `${when(version.created)}, ${version.cues} cues${from}${version.note ? `, ${version.note}` : ""}`;
    const actions = document.createElement("p");
    actions.className = "version-actions";
    if (older) actions.append(this.#button(`Compare with ${older.version}`, () => this.compare(older.version, version.version)));
    if (!version.current && this.editor.base) actions.append(this.#button("Compare with what is shown", () => this.compare(version.version, this.editor.base)));
    if (!version.current) actions.append(this.#button("Restore", () => this.restore(version.version)));
    row.append(title, words, actions);
    return row;
  }

  #button(words, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "text-button", textContent: words });
    button.addEventListener("click", act);
    return button;
  }

  async compare(before, after) {
    try {
      const difference = await this.editor.server.compare(before, after);
      const title = Object.assign(document.createElement("h3"), { textContent: `From version ${before} to ${after}` });
      this.shown.replaceChildren(title, ...comparison(difference));
      for (const row of this.list.children) row.classList.toggle("version-compared", [before, after].includes(Number(row.dataset.version)));
    } catch (error) {
      this.shown.textContent = `${error.message} ${error.hint ?? ""}`;
    }
  }

  async restore(version) {
    if (this.editor.unsaved) {
      this.shown.textContent = "Save or undo your own changes first: restoring would put them aside.";
      return;
    }
    const by = await this.editor.name();
    if (!by) return;
    try {
      this.editor.opened(await this.editor.server.restore(version, this.editor.base, by), `Version ${version} is shown again.`);
      await this.open();
    } catch (error) {
      this.shown.textContent = `${error.message} ${error.hint ?? ""}`;
    }
  }
}
