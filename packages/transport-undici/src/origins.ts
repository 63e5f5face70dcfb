import { Origin } from "./origin.ts";
import type { Settings } from "./settings.ts";

/** Beyond this, those without a connection are forgotten: a server could redirect to ever new ones. */
const REMEMBERED = 100;

/** The servers that are talked to, each made when it is first needed. */
export class Origins {
  readonly #settings: Settings;
  readonly #origins = new Map<string, Origin>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  has(name: string): boolean {
    return this.#origins.has(name);
  }

  at(name: string): Origin {
    const known = this.#origins.get(name);
    if (known !== undefined) return known;
    if (this.#origins.size >= REMEMBERED) this.#forgetIdle();
    const origin = new Origin(name, this.#settings);
    this.#origins.set(name, origin);
    return origin;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#origins.values()].map((origin) => origin.close()));
  }

  #forgetIdle(): void {
    for (const [name, origin] of this.#origins) if (origin.isIdle) this.#origins.delete(name);
  }
}
