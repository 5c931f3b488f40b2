// How stretches of a text look: kept in place while the text around them is written, cut and joined. The program counts
// characters as Unicode does, JavaScript in halves of some of them; everything here counts as the program does.

/** Characters of a text. */
export const letters = (text) => [...text].length;

/** Marks of a text that became another: what stands before and after the place of the change keeps to its words. */
export function moveMarks(marks, before, after) {
  if (before === after) return marks;
  const [old, now] = [[...before], [...after]];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const grown = now.length - old.length;
  const place = (at, end) => {
    // What is written at the very beginning looks as the beginning did; else new words look like what they follow.
    if (at === 0 && !end) return 0;
    if (at >= old.length - tail) return at + grown;
    if (at <= head) return at;
    // Inside what was written over: to the end of the new words for a mark's end, to their beginning for its start.
    return end ? now.length - tail : head;
  };
  return marks
    .map((mark) => (mark.start === mark.end ? { ...mark, start: place(mark.start), end: place(mark.start) } : { ...mark, start: place(mark.start), end: place(mark.end, true) }))
    .filter((mark, index) => mark.end > mark.start || marks[index].start === marks[index].end);
}

/** The marks within a part of a text, counted from the part's beginning. */
export function cutMarks(marks, from, to) {
  return marks
    .filter((mark) => mark.end > from || (mark.start === mark.end && mark.start >= from))
    .filter((mark) => mark.start < to)
    .map((mark) => ({ ...mark, start: Math.max(mark.start, from) - from, end: Math.min(mark.end, to) - from }));
}
