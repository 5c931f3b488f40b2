// The page on which captions are edited: brings its parts together, and hands keys and buttons to them.

import { fromServer, toServer } from "./cues.js";
import { Editor } from "./editor.js";
import { meaning } from "./keys.js";
import { Draft } from "./memory.js";
import { listen } from "./panels.js";
import { Saving } from "./saving.js";
import { Server } from "./server.js";
import { writeTime } from "./time.js";
import { Versions } from "./versions.js";

const root = document.querySelector("[data-editor]");

async function begin() {
  const draft = new Draft(root.dataset.slug, root.dataset.language).read();
  const server = new Server(root.dataset.slug, root.dataset.language);
  const own = root.dataset.language === root.dataset.own;
  const [track, source] = await Promise.all([server.track(), own ? { cues: [] } : server.track(root.dataset.own)]);
  const editor = new Editor(root, track, source.cues);
  const saving = new Saving(root, editor);
  editor.name = () => saving.name();
  editor.opened = (opened, words) => {
    editor.load(opened);
    editor.say(words);
  };
  const versions = new Versions(root, editor);
  const doing = actions(editor, saving, versions);
  listenToKeys(editor, doing);
  listenToFields(editor);
  listen(root, editor, saving);
  drawSound(editor, server);
  announceNewer(editor, versions);
  if (draft) await bringBack(draft, editor, saving);
  editor.settled = true;
  root.dataset.ready = "yes";
  if (editor.current) editor.focus("cue");
}

function actions(editor, saving, versions) {
  const { film } = editor;
  const speed = root.querySelector("[data-speed]");
  const panel = (name) => () => root.querySelector(`[data-dialog='${name}']`).showModal();
  const faster = (step) => () => {
    speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + step, 0), speed.length - 1);
    film.speed(Number(speed.value));
    editor.say(`Speed ${speed.value}`);
  };
  const page = (step) => () => editor.neighbour(step * 10);
  return {
    play: () => film.toggle(),
    "play-cue": () => editor.current && film.play(editor.current.start, editor.current.end),
    "frame-back": () => film.step(-1), "frame-on": () => film.step(1),
    back: () => film.seek(film.time - 2), on: () => film.seek(film.time + 2),
    slower: faster(-1), faster: faster(1),
    previous: () => editor.neighbour(-1), next: () => editor.neighbour(1),
    first: () => editor.neighbour(-Infinity), last: () => editor.neighbour(Infinity),
    "page-up": page(-1), "page-down": page(1),
    here: () => editor.here(), "next-finding": () => editor.nextFinding(),
    text: () => editor.focus("text"), leave: () => editor.focus("cue"),
    times: () => { editor.focus("in"); editor.list.in.select(); },
    "set-in": () => editor.retime("in", editor.frames.snap(film.time)), "set-out": () => editor.retime("out", editor.frames.snap(film.time)),
    "in-earlier": (frames) => editor.nudge("in", -frames), "in-later": (frames) => editor.nudge("in", frames),
    "out-earlier": (frames) => editor.nudge("out", -frames), "out-later": (frames) => editor.nudge("out", frames),
    split: () => editor.split(), merge: () => editor.merge(), insert: () => editor.insert(), delete: () => editor.delete(),
    undo: () => editor.undo(), redo: () => editor.undo(true), save: () => saving.save(),
    find: () => editor.find.open(editor.list.focus === "text" ? editor.list.text.value.slice(editor.list.text.selectionStart, editor.list.text.selectionEnd) : ""),
    "find-next": () => editor.find.go(1), "find-previous": () => editor.find.go(-1), "find-close": () => { editor.find.close(); editor.focus("cue"); },
    replace: () => editor.find.replace(), "replace-all": () => editor.find.replaceAll(),
    versions: () => versions.open(), take: panel("take"), languages: panel("languages"), help: panel("help"),
    closer: () => editor.wave.zoom(1 / 1.5), wider: () => editor.wave.zoom(1.5),
  };
}

function listenToKeys(editor, doing) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const { target } = event;
    const field = target.matches("textarea, input[type='text'], select");
    const asked = meaning(event, { onCue: target.classList.contains("cue-handle"), field });
    if (!asked) return;
    event.preventDefault();
    if (asked.what === "leave" && target.closest("[data-find-panel]")) doing["find-close"]();
    else doing[asked.what](asked.ten ? 10 : 1);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) doing[button.dataset.do](1);
  });
  // A click on a tool of the cue must not take the caret out of the text before the tool has seen it.
  editor.list.editing.addEventListener("pointerdown", (event) => {
    if (event.target.closest("[data-do]")) event.preventDefault();
  });
}

function listenToFields(editor) {
  const { list, film } = editor;
  list.list.addEventListener("click", (event) => {
    const row = event.target.closest(".cue");
    if (!row || list.editing.contains(event.target)) return;
    editor.go(Number(row.dataset.key), event.target.closest(".cue-handle") ? "cue" : "text");
  });
  list.text.addEventListener("input", () => editor.typed(list.text.value));
  for (const side of ["in", "out"]) {
    list[side].addEventListener("change", () => editor.timed(side, list[side].value));
    list[side].addEventListener("keydown", (event) => {
      if (event.key === "Enter") editor.timed(side, list[side].value);
      const step = event.altKey ? 0 : { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      editor.nudge(side, step * (event.shiftKey ? 10 : 1));
      list[side].value = writeTime(editor.current[side === "in" ? "start" : "end"]);
    });
  }
  const [speed, profile] = [root.querySelector("[data-speed]"), root.querySelector("[data-profile]")];
  speed.addEventListener("change", () => film.speed(Number(speed.value)));
  profile.value = editor.profile;
  profile.addEventListener("change", () => editor.setProfile(profile.value));
  for (const button of root.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
  for (const dialog of root.querySelectorAll("dialog")) {
    dialog.addEventListener("close", () => { if (dialog.dataset.dialog !== "name" && editor.current) editor.focus("cue"); });
  }
  addEventListener("beforeunload", (event) => {
    editor.draft.flush();
    if (editor.unsaved) event.preventDefault();
  });
  addEventListener("pagehide", () => editor.draft.flush());
}

async function drawSound(editor, server) {
  if (!root.dataset.hasFilm) {
    editor.wave.fail("The film is not here, so its sound cannot be drawn.");
    return;
  }
  try {
    editor.wave.load(await server.waveform());
  } catch (error) {
    editor.wave.fail(`The sound could not be drawn. ${error.message}`);
  }
}

function announceNewer(editor, versions) {
  const { newer, version, edited_by: by } = editor.track;
  if (newer) editor.notice("newer", `A new render brought version ${newer} by the machine. ${by}’s version ${version} is still the one that is shown.`, [["Compare", () => versions.open()]]);
}

/** Work that a closed window or a lost connection left in this browser. */
async function bringBack(draft, editor, saving) {
  const same = JSON.stringify(draft.cues) === JSON.stringify(editor.kept.map(toServer));
  if (same) {
    editor.draft.forget();
    return;
  }
  if (draft.base !== editor.base) {
    await saving.outdated(draft);
    return;
  }
  const track = editor.track;
  editor.load(track, draft.cues.map(fromServer));
  editor.notice("draft", `Your unsaved changes of ${new Date(draft.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })} are back.`, [
    ["Throw them away", () => { editor.load(track); editor.notice("draft", ""); editor.say("Thrown away."); }],
  ]);
}

if (root) {
  begin().catch((error) => {
    const line = root.querySelector("[data-notices]");
    line.textContent = `${error.message} ${error.hint ?? ""}`;
    throw error;
  });
}
