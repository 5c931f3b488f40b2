// Times as people read and write them, and as frames.

/** `0:02.500`, with hours only where there are any. */
export function writeTime(seconds) {
  const all = Math.max(0, Math.round(seconds * 1000));
  const [hours, minutes] = [Math.floor(all / 3600000), Math.floor(all / 60000) % 60];
  const rest = ((all % 60000) / 1000).toFixed(3).padStart(6, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Seconds from `1:02:03.5`, `2:03,5`, `123.5`; null for what is no time. */
export function readTime(text) {
  const found = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,6})?)$/.exec(text.trim());
  if (!found) return null;
  return Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3].replace(",", "."));
}

/** Frames of a film with a rate written as `30000/1001`. */
export class Frames {
  constructor(rate) {
    const [above, below = "1"] = rate.split("/");
    this.rate = Number(above) / Number(below);
    this.length = 1 / this.rate;
  }

  /** The time of the frame nearest to `seconds`. */
  snap(seconds) {
    return Math.max(0, Math.round(seconds * this.rate) / this.rate);
  }

  /** Some frames on, or back: from a time between two frames, the first one is the next. */
  move(seconds, frames) {
    const at = seconds * this.rate;
    return Math.max(0, ((frames > 0 ? Math.floor(at + 0.02) : Math.ceil(at - 0.02)) + frames) / this.rate);
  }
}
