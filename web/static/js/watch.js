// The watch page: chapters and transcript seek, and show where the film is.

import { chooseCaptions } from "./captions.js";
import { spanAt, Follower } from "./follow.js";

const video = document.querySelector("[data-video]");
const player = document.querySelector("[data-player]");

const spans = (selector) =>
  [...document.querySelectorAll(selector)].map((link) => ({
    link, start: Number(link.dataset.start), end: Number(link.dataset.end),
  }));

if (video && player) {
  const chapters = spans("[data-chapters] .chapter");
  const cues = spans("[data-transcript] .cue");
  const follower = new Follower(document.querySelector("[data-transcript]"), document.querySelector("[data-follow]"));

  // The browser's own controls step back once media-chrome's are there; without its script they stay.
  customElements.whenDefined("media-controller").then(() => {
    video.controls = false;
    document.querySelector("[data-keys]").hidden = false;
    // It says whether it is on, which a plain button may not.
    player.querySelector("media-captions-button")?.setAttribute("role", "switch");
  });

  const choice = document.querySelector("[data-captions]");
  if (choice) chooseCaptions(video, choice);

  const seek = (seconds) => {
    video.currentTime = seconds;
    show();
    // A browser may refuse to play before the reader has touched the page; the picture then stands at the moment.
    video.play().catch(() => {});
  };

  const seekOnClick = (link, seconds) =>
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      follower.resume();
      seek(seconds);
      // A reader who scrolled down to the words wants to see the film that they started.
      const box = player.getBoundingClientRect();
      if (box.bottom < 80 || box.top > innerHeight - 80) player.scrollIntoView({ block: "nearest" });
    });

  let chapter = null;
  let cue = null;

  const point = (before, now) => {
    before?.link.removeAttribute("aria-current");
    now?.link.setAttribute("aria-current", "true");
  };

  function show() {
    const at = video.currentTime;
    const [newChapter, newCue] = [spanAt(chapters, at), spanAt(cues, at)];
    if (newChapter !== chapter) {
      point(chapter, newChapter);
      chapter = newChapter;
    }
    for (const { link, start, end } of chapters) {
      const done = Math.min(1, Math.max(0, (at - start) / (end - start)));
      link.style.setProperty("--done", done.toFixed(4));
    }
    // Between two cues the one that was said stays.
    if (newCue && newCue !== cue) {
      point(cue, newCue);
      move(newCue.link);
      cue = newCue;
      follower.show(newCue.link);
    }
  }

  // One stop for the Tab key in the transcript; the arrows go from line to line.
  let stop = null;
  function move(link) {
    if (stop) stop.tabIndex = -1;
    stop = link;
    stop.tabIndex = 0;
  }
  cues.forEach(({ link, start }, index) => {
    link.tabIndex = -1;
    seekOnClick(link, start);
    link.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const next = step && cues[index + step]?.link;
      if (!next) return;
      event.preventDefault();
      move(next);
      next.focus();
    });
  });
  if (cues.length) move(cues[0].link);
  chapters.forEach(({ link, start }) => seekOnClick(link, start));

  for (const event of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) video.addEventListener(event, show);

  // Opened at a moment: play from it where the browser allows, which it does after a click on this site.
  if (video.dataset.start !== undefined) {
    const begin = () => {
      if (Math.abs(video.currentTime - Number(video.dataset.start)) > 0.5) video.currentTime = Number(video.dataset.start);
      show();
      video.play().catch(() => {});
    };
    if (video.readyState >= 1) begin();
    else video.addEventListener("loadedmetadata", begin, { once: true });
  }
}
