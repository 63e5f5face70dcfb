import manifest from "../package.json" with { type: "json" };
import { TransportOptionError } from "./transport-option-error.ts";

/** The letters of a token: RFC 9110, 5.6.2. */
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PRODUCT = new RegExp(`^${TOKEN}(/${TOKEN})?$`);
/** A URL or a mail address that can stand in a header's comment. */
const CONTACT = /^(https?:\/\/|mailto:|[^\s@]+@)[!-'*-[\]-~]+$/;

/**
 * The User-Agent: `hiking-app/1.0 (+https://example.org) fmtc/0.1.0`.
 *
 * @throws TransportOptionError
 */
export function userAgentOf(appId: unknown, contact: unknown): string {
  if (typeof appId !== "string" || !PRODUCT.test(appId)) {
    const found = appId === undefined ? "is missing" : `is ${shown(appId)}`;
    throw new TransportOptionError(
      "appId",
      `${found}. Operators of tile servers want to know who asks: name your app, as in appId: "hiking-app/1.0", without spaces.`,
    );
  }
  if (contact === undefined) return `${appId} fmtc/${manifest.version}`;
  if (typeof contact !== "string" || !CONTACT.test(contact)) {
    throw new TransportOptionError(
      "contact",
      `is ${shown(contact)}, but must be a URL or a mail address, as in contact: "https://example.org".`,
    );
  }
  return `${appId} (+${contact}) fmtc/${manifest.version}`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : `a ${typeof value}`;
}
