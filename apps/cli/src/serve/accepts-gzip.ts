/** Whether `Accept-Encoding` allows gzip: by its name, or by `*`, with a quality above 0. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const qualities = new Map<string, number>();
  for (const item of (acceptEncoding ?? "").toLowerCase().split(",")) {
    const [coding = "", ...parameters] = item.split(";").map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice("q=".length);
    qualities.set(coding, quality === undefined ? 1 : Number(quality));
  }
  return (qualities.get("gzip") ?? qualities.get("*") ?? 0) > 0;
}
