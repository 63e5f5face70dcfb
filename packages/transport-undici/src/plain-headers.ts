/** As undici gives them: names in lower case, a list where a header came more than once. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Headers that came more than once are joined, as HTTP allows. Where none did, they are given as they are. */
export function plainHeaders(headers: ResponseHeaders): Readonly<Record<string, string>> {
  return arePlain(headers) ? headers : joined(headers);
}

function arePlain(headers: ResponseHeaders): headers is Readonly<Record<string, string>> {
  for (const name in headers) if (typeof headers[name] !== "string") return false;
  return true;
}

function joined(headers: ResponseHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) plain[name] = typeof value === "string" ? value : value.join(", ");
  }
  return plain;
}

export function declaredLength(headers: ResponseHeaders): number | undefined {
  const declared = headers["content-length"];
  return typeof declared === "string" && /^\d+$/.test(declared) ? Number(declared) : undefined;
}
