import { latitudeOf, mercatorOf } from "./mercator.ts";

/** A rhumb line, which is straight on the map: between two points of world x and Mercator ordinate (radians). */
export interface RhumbLine {
  readonly xa: number;
  readonly ma: number;
  readonly xb: number;
  readonly mb: number;
}

/**
 * The curve that runs beside a rhumb line at a fixed great-circle distance, on its right (1) or its left (−1).
 *
 * A rhumb line keeps its bearing β, so each point of the curve is reached from a centre of latitude φ by an arc of
 * angle δ that leaves at θ = β ± 90° (the direct problem on the sphere):
 *   sin φ′ = sin φ cos δ + cos φ sin δ cos θ,  tan Δλ = sin θ sin δ cos φ / (cos δ − sin φ sin φ′).
 * With a constant θ, the first equation is H sin (φ + ψ): where the curve meets a parallel has a closed form.
 */
export class OffsetCurve {
  readonly #line: RhumbLine;
  readonly #south: number;
  readonly #north: number;
  readonly #sinAngle: number;
  readonly #cosAngle: number;
  readonly #sinTheta: number;
  readonly #cosTheta: number;
  readonly #height: number;
  readonly #phase: number;

  constructor(line: RhumbLine, angle: number, side: 1 | -1) {
    const east = 2 * Math.PI * (line.xb - line.xa);
    const north = line.mb - line.ma;
    const length = Math.hypot(east, north);
    this.#line = line;
    this.#south = latitudeOf(Math.min(line.ma, line.mb));
    this.#north = latitudeOf(Math.max(line.ma, line.mb));
    this.#sinAngle = Math.sin(angle);
    this.#cosAngle = Math.cos(angle);
    this.#sinTheta = (side * north) / length;
    this.#cosTheta = (-side * east) / length;
    this.#height = Math.hypot(this.#cosAngle, this.#sinAngle * this.#cosTheta);
    this.#phase = Math.atan2(this.#sinAngle * this.#cosTheta, this.#cosAngle);
  }

  /** The point beside the line's point at t, 0 to 1: its world x and its latitude in radians. */
  at(t: number): { x: number; latitude: number } {
    const { xa, ma, xb, mb } = this.#line;
    const latitude = latitudeOf(ma + t * (mb - ma));
    const sin = this.#sinLatitude(latitude);
    return { x: xa + t * (xb - xa) + this.#eastward(latitude, sin), latitude: Math.asin(sin) };
  }

  /** Visits the world x of each place where the curve meets the parallel: none, one or two. */
  forEachCrossing(sinParallel: number, visit: (x: number) => void): void {
    const ratio = sinParallel / this.#height;
    if (Math.abs(ratio) > 1 || this.#south === this.#north) return;
    const angle = Math.asin(ratio);
    this.#visitCentre(angle - this.#phase, sinParallel, visit);
    this.#visitCentre(Math.PI - angle - this.#phase, sinParallel, visit);
  }

  /**
   * Visits the places where the curve turns from west to east or back: where the perpendicular arrives along a
   * parallel. In the right-angled triangle with the pole, sin² φ = sin² β cos² δ / (1 − cos² β cos² δ).
   */
  forEachTurning(visit: (x: number, latitude: number) => void): void {
    const cosine = this.#sinTheta * this.#cosAngle;
    const sine = Math.abs((this.#cosTheta * this.#cosAngle) / Math.sqrt(1 - cosine * cosine));
    for (const centre of [Math.asin(Math.min(sine, 1)), -Math.asin(Math.min(sine, 1))]) {
      const sin = this.#sinLatitude(centre);
      this.#visitCentre(centre, sin, (x) => visit(x, Math.asin(sin)));
    }
  }

  #visitCentre(centre: number, sin: number, visit: (x: number) => void): void {
    const latitude = centre > Math.PI ? centre - 2 * Math.PI : centre;
    if (latitude < this.#south || latitude > this.#north || this.#south === this.#north) return;
    const { xa, ma, xb, mb } = this.#line;
    const x = xa + ((mercatorOf(latitude) - ma) / (mb - ma)) * (xb - xa);
    visit(x + this.#eastward(latitude, sin));
  }

  #sinLatitude(centre: number): number {
    return Math.sin(centre) * this.#cosAngle + Math.cos(centre) * this.#sinAngle * this.#cosTheta;
  }

  /** From a centre's meridian to the curve's point of that latitude, as a part of the world's width. */
  #eastward(centre: number, sin: number): number {
    const east = this.#sinTheta * this.#sinAngle * Math.cos(centre);
    return Math.atan2(east, this.#cosAngle - Math.sin(centre) * sin) / (2 * Math.PI);
  }
}
