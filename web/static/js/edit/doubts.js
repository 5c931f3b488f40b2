// Words that alignment did not simply hear, and the cues in which they still stand.

// Languages of these scripts write no spaces: there a word is found inside what stands around it.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;

/** A pattern that finds a word in a text, whatever mark stands after it; "the" is not found in "other". */
function pattern(word) {
  const bare = (word.replace(EDGES, "") || word).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(UNSPACED.test(word) ? bare : `(?<![\\p{L}\\p{N}])${bare}(?![\\p{L}\\p{M}\\p{N}])`, "iu");
}

export class Doubts {
  /** `words` as the program gives them: text, start, end, origin, probability. */
  constructor(words) {
    this.words = words.map((word) => ({ ...word, pattern: pattern(word.text) }));
    // A cue that changes becomes another object, so what was found in one stays true.
    this.kept = new WeakMap();
  }

  /** The doubtful words that are said while a cue is shown and are still written in it. */
  of(cue) {
    if (!this.kept.has(cue)) {
      this.kept.set(cue, this.words.filter((word) => word.start < cue.end && word.end > cue.start && word.pattern.test(cue.text)));
    }
    return this.kept.get(cue);
  }

  /** How many of the words still stand in these cues. */
  count(cues) {
    return new Set(cues.flatMap((cue) => this.of(cue))).size;
  }
}
