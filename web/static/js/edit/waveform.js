// The film's sound around the current cue: cues as blocks on it, the current one with two handles that mouse and keys move.

import { writeTime } from "./time.js";

const A_SECOND = 100;
const [NARROWEST, WIDEST] = [2, 120];

export class Waveform {
  /** `ask` has what happens: seek(at), retime(side, at, done), nudge(side, frames). */
  constructor(root, frames, ask) {
    this.box = root.querySelector("[data-wave]");
    this.canvas = root.querySelector("[data-canvas]");
    this.note = root.querySelector("[data-wave-note]");
    this.handles = Object.fromEntries(["in", "out"].map((side) => [side, root.querySelector(`[data-handle='${side}']`)]));
    this.duration = Number(root.dataset.duration) || 1;
    this.frames = frames;
    this.ask = ask;
    this.peaks = null;
    this.loudest = 1;
    this.span = Math.min(10, this.duration);
    this.from = 0;
    this.at = 0;
    this.cues = [];
    this.current = null;
    this.doubts = () => [];
    this.waiting = false;
    this.colours = new Map();
    const recolour = () => {
      this.colours.clear();
      this.draw();
    };
    new ResizeObserver(() => this.draw()).observe(this.box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.#listen();
  }

  load(peaks) {
    this.peaks = peaks;
    // Quiet films are drawn as high as loud ones; a hundredth of the peaks may be cut.
    const sample = [...peaks.filter((_peak, index) => index % 7 === 0)].sort((one, other) => one - other);
    this.loudest = Math.max(24, sample[Math.floor(sample.length * 0.99)] ?? 255);
    this.note.hidden = peaks.length > 0;
    if (!peaks.length) this.note.textContent = "The film has no sound.";
    this.draw();
  }

  fail(words) {
    this.note.hidden = false;
    this.note.textContent = words;
  }

  /** The cues, and which of them is the current one; its surroundings come into view. */
  show(cues, current, { centre = false } = {}) {
    const changed = current?.key !== this.current?.key;
    [this.cues, this.current] = [cues, current];
    if (current && (changed || centre)) this.#centre(current);
    this.#placeHandles();
    this.draw();
  }

  playing(at, playing) {
    this.at = at;
    if (playing && (at < this.from || at > this.from + this.span * 0.95)) this.#go(at - this.span * 0.1);
    this.draw();
  }

  zoom(factor) {
    const middle = this.current ? (this.current.start + this.current.end) / 2 : this.at;
    this.span = Math.min(Math.max(this.span * factor, NARROWEST), WIDEST, this.duration);
    this.#go(middle - this.span / 2);
    this.draw();
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.#paint();
    });
  }

  #centre(cue) {
    const room = cue.end - cue.start;
    if (cue.start >= this.from + this.span * 0.08 && cue.end <= this.from + this.span * 0.92) return;
    if (room > this.span * 0.8) this.span = Math.min(room * 1.6, WIDEST, this.duration);
    this.#go((cue.start + cue.end - this.span) / 2);
  }

  #go(from) {
    this.from = Math.min(Math.max(0, from), Math.max(0, this.duration - this.span));
  }

  #x(seconds) {
    return ((seconds - this.from) / this.span) * this.box.clientWidth;
  }

  #seconds(x) {
    return this.from + ((x - this.box.getBoundingClientRect().left) / this.box.clientWidth) * this.span;
  }

  #paint() {
    const [wide, high] = [this.box.clientWidth, this.box.clientHeight];
    if (!wide || !high) return;
    const dense = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(wide * dense) || this.canvas.height !== Math.round(high * dense)) {
      [this.canvas.width, this.canvas.height] = [Math.round(wide * dense), Math.round(high * dense)];
    }
    const pen = this.canvas.getContext("2d");
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, wide, high);
    const style = getComputedStyle(this.box);
    const colour = (name) => this.#colour(name);
    const ruler = 20;
    this.#paintRuler(pen, wide, high, ruler, colour, style);
    this.#paintCues(pen, high, ruler, colour, style);
    this.#paintSound(pen, wide, high, ruler, colour);
    const x = this.#x(this.at);
    if (x >= -1 && x <= wide + 1) {
      pen.fillStyle = colour("--wave-head");
      pen.fillRect(x - 1, 0, 2, high);
    }
    this.#placeHandles();
  }

  /** What a custom property is as a colour: a canvas knows neither `light-dark` nor `var`, so the browser says it first. */
  #colour(name) {
    if (!this.colours.has(name)) {
      this.note.style.color = `var(${name})`;
      this.colours.set(name, getComputedStyle(this.note).color);
      this.note.style.color = "";
    }
    return this.colours.get(name);
  }

  #paintRuler(pen, wide, high, ruler, colour, style) {
    const step = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30].find((each) => (each / this.span) * wide > 76) ?? 60;
    pen.font = `500 11px ${style.fontFamily}`;
    pen.textBaseline = "middle";
    for (let at = Math.ceil(this.from / step) * step; at <= this.from + this.span; at += step) {
      const x = this.#x(at);
      pen.fillStyle = colour("--wave-line");
      pen.fillRect(Math.round(x), ruler, 1, high - ruler);
      pen.fillStyle = colour("--wave-note");
      const words = writeTime(at).replace(/\.?0+$/, "");
      pen.fillText(/:\d\d/.test(words) ? words : writeTime(at).slice(0, -4), x + 4, ruler / 2);
    }
  }

  #paintCues(pen, high, ruler, colour, style) {
    pen.font = `500 12px ${style.fontFamily}`;
    for (const cue of this.cues) {
      if (cue.end < this.from || cue.start > this.from + this.span) continue;
      const own = cue.key === this.current?.key;
      const [left, right] = [this.#x(cue.start), this.#x(cue.end)];
      pen.fillStyle = colour(own ? "--wave-own" : "--wave-cue");
      pen.fillRect(left, ruler, Math.max(1, right - left), high - ruler);
      pen.fillStyle = colour("--wave-edge");
      pen.fillRect(left, ruler, 1, high - ruler);
      pen.fillRect(right - 1, ruler, 1, high - ruler);
      pen.save();
      pen.beginPath();
      pen.rect(left + 6, ruler, Math.max(0, right - left - 12), 22);
      pen.clip();
      pen.fillStyle = colour(own ? "--ink" : "--wave-note");
      pen.fillText(cue.text.replaceAll("\n", " "), left + 8, ruler + 12);
      pen.restore();
    }
    pen.fillStyle = colour("--wave-doubt");
    const inView = (part) => part.end >= this.from && part.start <= this.from + this.span;
    for (const doubt of this.cues.filter(inView).flatMap((cue) => this.doubts(cue)).filter(inView)) {
      pen.fillRect(this.#x(doubt.start), high - 4, Math.max(3, this.#x(doubt.end) - this.#x(doubt.start)), 4);
    }
  }

  #paintSound(pen, wide, high, ruler, colour) {
    if (!this.peaks?.length) return;
    const [middle, reach] = [(high + ruler + 12) / 2, (high - ruler - 20) / 2];
    const own = this.current ? [this.#x(this.current.start), this.#x(this.current.end)] : [0, 0];
    const a = (this.span * A_SECOND) / wide;
    const inks = [colour("--wave-sound"), colour("--wave-sound-own")];
    for (let x = 0; x < wide; x += 2) {
      const first = Math.floor((this.from * A_SECOND) + x * a);
      const last = Math.max(first + 1, Math.floor(first + 2 * a));
      let loud = 0;
      for (let index = first; index < last; index += 1) loud = Math.max(loud, this.peaks[index] ?? 0);
      const tall = Math.max(1, Math.min(1, loud / this.loudest) * reach);
      pen.fillStyle = inks[x >= own[0] && x <= own[1] ? 1 : 0];
      pen.fillRect(x, middle - tall, 1.4, tall * 2);
    }
  }

  #placeHandles() {
    for (const [side, handle] of Object.entries(this.handles)) {
      const at = side === "in" ? this.current?.start : this.current?.end;
      const x = at === undefined ? -99 : this.#x(at);
      // Out of view a handle is still there for the keyboard.
      handle.hidden = at === undefined;
      handle.style.translate = `${Math.min(Math.max(x, 0), this.box.clientWidth)}px 0`;
      handle.classList.toggle("wave-handle-away", x < -1 || x > this.box.clientWidth + 1);
      if (at !== undefined) {
        handle.setAttribute("aria-valuenow", at.toFixed(3));
        handle.setAttribute("aria-valuetext", writeTime(at));
      }
    }
  }

  #listen() {
    for (const [side, handle] of Object.entries(this.handles)) {
      handle.addEventListener("keydown", (event) => {
        const frames = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
        if (!frames || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        this.ask.nudge(side, frames * (event.shiftKey ? 10 : 1));
      });
      handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        event.stopPropagation();
        handle.focus();
        handle.setPointerCapture(event.pointerId);
        const key = this.current?.key;
        const move = (moved) => this.ask.retime(side, key, this.frames.snap(this.#seconds(moved.clientX)), false);
        const done = (moved) => {
          handle.removeEventListener("pointermove", move);
          if (moved.type === "pointerup") this.ask.retime(side, key, this.frames.snap(this.#seconds(moved.clientX)), true);
        };
        handle.addEventListener("pointermove", move);
        for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, done, { once: true });
      });
    }
    this.box.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.ask.seek(this.#seconds(event.clientX));
    });
    this.box.addEventListener("dblclick", (event) => this.ask.open(this.#seconds(event.clientX)));
    this.box.addEventListener("wheel", (event) => {
      event.preventDefault();
      if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2);
      else this.#go(this.from + ((event.deltaX || event.deltaY) / this.box.clientWidth) * this.span);
      this.draw();
    }, { passive: false });
  }
}
