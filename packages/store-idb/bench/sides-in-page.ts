/** A case as it runs in the page. Both sides measure themselves, so that what lies between Node and the page is left out. */
export interface SidesInPage {
  /** Milliseconds. */
  readonly baseline: () => Promise<number>;
  readonly candidate: () => Promise<number>;
}

export type PrepareInPage = () => Promise<SidesInPage>;

declare global {
  /** What `page.ts` gives to the benchmark that opened it. */
  var casesInPage: Readonly<Record<string, PrepareInPage>>;
  var sidesInPage: SidesInPage;
}

export async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
