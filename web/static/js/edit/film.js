// The film: playing, stopping at a time, stepping by frames, and the cue that stands on it as it is written.

import { writeTime } from "./time.js";

export class Film {
  constructor(root, frames, shown) {
    this.video = root.querySelector("[data-video]");
    this.clock = root.querySelector("[data-time]");
    this.line = root.querySelector("[data-screen-cue]");
    this.frames = frames;
    this.duration = Number(root.dataset.duration);
    this.shown = shown;
    this.until = null;
    this.at = 0;
    if (!this.video) return;
    this.video.addEventListener("loadedmetadata", () => {
      if (this.video.videoWidth) root.style.setProperty("--picture", this.video.videoWidth / this.video.videoHeight);
    });
    for (const event of ["seeking", "seeked", "loadedmetadata", "timeupdate"]) this.video.addEventListener(event, () => this.#tell());
    for (const event of ["play", "pause", "ended"]) {
      this.video.addEventListener(event, () => {
        const playing = !this.video.paused;
        for (const part of root.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "playing") !== playing;
        root.querySelector("[data-do='play']").setAttribute("aria-label", playing ? "Pause" : "Play");
        if (playing) this.#run();
        else this.until = null;
      });
    }
    this.video.addEventListener("click", () => this.toggle());
  }

  get time() {
    return this.video ? this.video.currentTime : this.at;
  }

  get playing() {
    return Boolean(this.video && !this.video.paused);
  }

  seek(seconds) {
    const at = Math.min(Math.max(0, seconds), this.duration || seconds);
    this.until = null;
    this.at = at;
    if (this.video) this.video.currentTime = at;
    this.#tell(at);
  }

  step(frames) {
    this.video?.pause();
    // A little into the frame: a time that lies on its edge may show the one before.
    this.seek(this.frames.move(Math.floor(this.time * this.frames.rate + 0.02) / this.frames.rate, frames) + this.frames.length / 4);
  }

  toggle() {
    if (!this.video) return;
    if (this.video.paused) this.video.play().catch(() => {});
    else this.video.pause();
  }

  /** From one time to another, then stop. */
  play(start, end) {
    if (!this.video) return;
    this.seek(start);
    this.until = end;
    this.video.play().catch(() => {});
  }

  speed(rate) {
    if (this.video) this.video.playbackRate = rate;
  }

  /** The words on the picture; `settings` are WebVTT's, of which the place from the top counts here. */
  write(cue, language, direction) {
    this.line.hidden = !cue?.text.trim();
    if (this.line.hidden) return;
    const words = this.line.firstElementChild;
    if (words.textContent !== cue.text) words.textContent = cue.text;
    [words.lang, words.dir] = [language, direction];
    const line = Number.parseFloat(cue.settings?.line);
    this.line.classList.toggle("screen-cue-above", cue.settings?.line?.includes("%") ? line < 50 : line >= 0 && line < 8);
  }

  #run() {
    if (!this.playing) return;
    if (this.until !== null && this.video.currentTime >= this.until) {
      const at = this.until;
      this.video.pause();
      this.video.currentTime = at;
    }
    this.#tell();
    requestAnimationFrame(() => this.#run());
  }

  #tell(at = this.time) {
    this.clock.textContent = writeTime(at);
    this.shown(at);
  }
}
