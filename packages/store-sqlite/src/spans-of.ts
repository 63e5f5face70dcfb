import { type Cover, tileNumber } from "@fmtc/core";

/** A cover as spans of tile numbers, first and last, ascending. Rows that follow on each other are one span. */
export function spansOf(cover: Cover): Float64Array {
  const spans: number[] = [];
  cover.forEachSpan((z, y, x0, x1) => {
    const first = tileNumber({ z, x: x0, y });
    const last = first + (x1 - x0 - 1);
    if (spans.length > 0 && spans.at(-1) === first - 1) spans[spans.length - 1] = last;
    else spans.push(first, last);
  });
  return Float64Array.from(spans);
}
