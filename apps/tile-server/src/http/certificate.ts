import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import {
  bitString,
  boolean,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  utcTime,
  utf8String,
} from "./der.ts";

const COMMON_NAME = objectIdentifier("2.5.4.3");
const SUBJECT_ALT_NAME = objectIdentifier("2.5.29.17");
const BASIC_CONSTRAINTS = objectIdentifier("2.5.29.19");
const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const DAY_MS = 86_400_000;

export interface Certificate {
  /** In PEM. */
  readonly cert: string;
  readonly key: string;
}

/** A certificate for this machine, signed by itself: X.509 (RFC 5280), with an elliptic curve's key. */
export function selfSignedCertificate(hosts: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(COMMON_NAME, utf8String("fmtc tile server"))));
  const now = Date.now();
  const validity = sequence(utcTime(new Date(now - DAY_MS)), utcTime(new Date(now + 90 * DAY_MS)));
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(alternativeNames(hosts), certificateAuthority())),
  );
  const certificate = sequence(content, ECDSA_WITH_SHA256, bitString(sign("sha256", content, privateKey)));
  return {
    cert: pemOf(certificate),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function pemOf(certificate: Buffer): string {
  const lines = [...certificate.toString("base64").matchAll(/.{1,64}/g)].map(([line]) => line);
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = ["localhost", "127.0.0.1", "::1", ...hosts].map((host) =>
    isIP(host) === 0 ? tagged(0x82, Buffer.from(host)) : tagged(0x87, addressBytes(host)),
  );
  return sequence(SUBJECT_ALT_NAME, octetString(sequence(...names)));
}

/** Its own authority, so that a client may be told to trust it. */
function certificateAuthority(): Buffer {
  return sequence(BASIC_CONSTRAINTS, boolean(true), octetString(sequence(boolean(true))));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const words = [...before, ...(tail === undefined ? [] : zeros), ...after];
  return Buffer.from(words.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 0xff]));
}
