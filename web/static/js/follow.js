// Keeping a scrolling list at the line being said, without fighting a reader who scrolls it.

/** The span that holds `at`, seconds, among spans in order of their start; null before the first and in a gap. */
export function spanAt(spans, at) {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].start <= at + 0.02) low = middle + 1;
    else high = middle;
  }
  const found = spans[low - 1];
  return found && at < found.end ? found : null;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Scrolls `box` so that a line stays in its upper half; `button` takes it up again after the reader has scrolled away. */
export class Follower {
  constructor(box, button) {
    this.box = box;
    this.button = button;
    this.following = true;
    this.line = null;
    if (!box) return;
    for (const event of ["wheel", "touchmove", "pointerdown"]) {
      box.addEventListener(event, () => this.pause(), { passive: true });
    }
    box.addEventListener("keydown", (event) => {
      if (["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"].includes(event.key)) this.pause();
    });
    button?.addEventListener("click", () => this.resume());
  }

  pause() {
    if (!this.line) return;
    this.following = false;
    if (this.button) this.button.hidden = false;
  }

  resume() {
    this.following = true;
    if (this.button) this.button.hidden = true;
    if (this.line) this.show(this.line);
  }

  show(line) {
    this.line = line;
    if (!this.following || !this.box) return;
    const offset = line.getBoundingClientRect().top - this.box.getBoundingClientRect().top;
    const room = this.box.clientHeight;
    if (offset > room * 0.15 && offset < room * 0.6) return;
    this.box.scrollTo({ top: this.box.scrollTop + offset - room * 0.3, behavior: calm.matches ? "auto" : "smooth" });
  }
}
