// The panels for languages and files: forms that say in place what went wrong.

export function listen(root, editor, saving) {
  const send = (selector, act) => {
    const form = root.querySelector(selector);
    form?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const [error, button] = [form.querySelector("[data-error]"), form.querySelector("[type='submit']")];
      error.textContent = "";
      // The name is asked for in a dialog of its own, above this one.
      const by = await saving.name();
      if (!by) return;
      button.disabled = true;
      try {
        await act(new FormData(form), by);
      } catch (failure) {
        error.textContent = `${failure.message} ${failure.hint ?? ""}`;
      } finally {
        button.disabled = false;
      }
    });
  };
  const page = (language) => `/watch/${editor.data.slug}/edit${language === editor.data.own ? "" : `?language=${encodeURIComponent(language)}`}`;

  send("[data-upload]", async (fields, by) => {
    const language = fields.get("language").trim();
    const { version } = await editor.server.track(language);
    if (version) throw new Error(`There is a ${language} track already. Open it, and import the file there as a new version.`);
    const track = await editor.server.upload(fields.get("file"), language, 0, by);
    location.assign(page(track.language));
  });

  send("[data-import]", async (fields, by) => {
    if (editor.unsaved) throw new Error("Save or undo your own changes first: the file would put them aside.");
    const track = await editor.server.upload(fields.get("file"), editor.data.language, editor.base, by);
    root.querySelector("[data-dialog='take']").close();
    editor.load(track);
    const remarks = track.remarks.length ? ` ${track.remarks.join(" ")}` : "";
    editor.notice("imported", `Imported as version ${track.version}: ${track.cues.length} cues.${remarks}`);
    editor.focus("cue");
  });

  send("[data-remove]", async (_fields, by) => {
    await editor.server.remove(editor.base, by);
    editor.draft.forget();
    editor.saved = editor.cues;
    location.assign(page(editor.data.own));
  });
}
