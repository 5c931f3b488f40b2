// Saving: by somebody, on top of the version it was made from; and what happens when somebody else was quicker.

import { comparison } from "./comparison.js";
import { fromServer, toServer } from "./cues.js";
import { keepName, yourName } from "./memory.js";

export class Saving {
  constructor(root, editor) {
    this.editor = editor;
    this.nameDialog = root.querySelector("[data-dialog='name']");
    this.nameField = root.querySelector("[data-name]");
    this.conflict = root.querySelector("[data-dialog='conflict']");
    this.root = root;
    this.busy = false;
    root.querySelector("[data-name-form]").addEventListener("submit", () => {
      keepName(this.nameField.value.trim());
      this.answered?.(this.nameField.value.trim());
    });
    this.nameDialog.addEventListener("close", () => this.answered?.(""));
    this.you = root.querySelector("[data-you]");
    this.you.textContent = yourName() || "nobody yet";
    root.querySelector("[data-rename]").addEventListener("click", () => this.name(true));
  }

  /** The person's name, asked for once, and again where somebody else sits down; empty when they would rather not say. */
  name(again = false) {
    const known = yourName();
    if (known && !again) return Promise.resolve(known);
    this.nameField.value = known;
    this.nameDialog.showModal();
    return new Promise((resolve) => {
      this.answered = (name) => {
        this.answered = null;
        this.you.textContent = yourName() || "nobody yet";
        resolve(name);
      };
    });
  }

  async save() {
    const { editor } = this;
    if (this.busy || !editor.unsaved) {
      if (!this.busy) editor.say("There is nothing to save.");
      return;
    }
    const by = await this.name();
    if (!by) return;
    this.busy = true;
    editor.draft.flush();
    editor.status("Saving …");
    const sent = editor.cues;
    try {
      const track = await editor.server.save(editor.kept.map(toServer), editor.base, by, editor.savingNote ?? "");
      editor.savingNote = "";
      this.saved(track, sent);
    } catch (error) {
      editor.status("Not saved");
      if (error.status === 409) await this.outdated();
      else editor.fail(error);
    } finally {
      this.busy = false;
    }
  }

  /** What was sent is a version now; what was typed since is not. */
  saved(track, sent) {
    const { editor } = this;
    const first = editor.base === 0;
    [editor.base, editor.track, editor.saved] = [track.version, track, sent];
    editor.notice("error", "");
    editor.notice("newer", "");
    editor.show();
    editor.status(`Saved as version ${track.version} by ${track.edited_by}`);
    editor.say(`Saved as version ${track.version}.`);
    // The languages, the downloads and the number in them are made with the page.
    if (first && !editor.unsaved) location.reload();
  }

  /** Somebody else saved: both edits are put together, what both touched is shown, and nothing is written before it was seen. */
  async outdated(draft = null) {
    const { editor } = this;
    const mine = draft?.cues ?? editor.kept.map(toServer);
    const base = draft?.base ?? editor.base;
    let merged;
    try {
      merged = await editor.server.merge(mine, base);
    } catch (error) {
      editor.fail(error);
      return;
    }
    const who = merged.edited_by || "The machine";
    const gone = merged.version === 0;
    const find = (selector) => this.root.querySelector(selector);
    find("[data-conflict-title]").textContent = gone ? "This track was deleted while you were working" : `${who} saved version ${merged.version} while you were working`;
    const clash = merged.conflicts.length;
    find("[data-conflict-words]").textContent = gone
      ? "Your cues are still here. Going on keeps them; saving brings the track back."
      : `You began from version ${base}. ${clash ? `Both of you changed ${clash === 1 ? "one place" : `${clash} places`}: yours is kept there, theirs stands in version ${merged.version}.` : "You changed different places: both can stand."} Nothing is saved before you save it.`;
    const parts = comparison(merged);
    for (const { mine: own, theirs } of merged.conflicts) {
      const row = Object.assign(document.createElement("div"), { className: "conflict-both" });
      const words = (cues) => cues.map((cue) => cue.lines.join(" ")).join(" ") || "(deleted)";
      for (const [title, cues] of [["Yours", own], ["Theirs", theirs]]) {
        const side = document.createElement("p");
        side.append(Object.assign(document.createElement("strong"), { textContent: `${title} ` }), words(cues));
        row.append(side);
      }
      parts.unshift(row);
    }
    find("[data-conflict]").replaceChildren(...parts);
    find("[data-conflict-theirs]").hidden = gone;
    this.conflict.showModal();
    const go = await new Promise((resolve) => {
      find("[data-conflict-go]").onclick = () => resolve(true);
      find("[data-conflict-theirs]").onclick = () => resolve(false);
      // However the panel is closed, nothing of anybody's is lost.
      this.conflict.onclose = () => resolve(true);
    });
    this.conflict.close();
    // Both together stand on the version they were put together with: what is saved since then asks again.
    const now = go ? merged : await editor.server.track().catch((error) => editor.fail(error));
    if (!now) return;
    const before = editor.cues;
    editor.load(now, go ? merged.cues.map(fromServer) : null);
    // What was written before is still a step back.
    editor.history.past.push({ cues: before, key: before[0]?.key ?? null });
    editor.show({ focus: "cue" });
    editor.say(go ? `Both edits are together on top of version ${now.version}. Save to keep them.` : `Version ${now.version} is shown.`);
  }
}
