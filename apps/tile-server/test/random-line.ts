import { type Path, STRIDE } from "../src/world/path.ts";

/** A number in [0, 1) from the one before: the generator of Numerical Recipes, good enough to draw lines with. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A line that wanders about the square from 0 to 1, and beyond it. */
export function randomLine(random: () => number, points: number, step = 0.3): Path {
  const path = new Float64Array(STRIDE * points);
  let [x, y] = [random(), random()];
  for (let i = 0; i < path.length; i += STRIDE) {
    path.set([x, y, 1], i);
    x += step * (random() - 0.5);
    y += step * (random() - 0.5);
  }
  return path;
}

/** The same, closed. */
export function randomRing(random: () => number, points: number): Path {
  const path = randomLine(random, points, 1);
  path.copyWithin(path.length - STRIDE, 0, STRIDE);
  return path;
}
