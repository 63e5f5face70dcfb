import type { AddressInfo } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";

/**
 * The base URLs of a server, such as `http://127.0.0.1:8080`. One that listens at all addresses of the machine has several:
 * first those by which others reach it, and last the one that is always there.
 */
export function baseUrlsOf({ address, family, port }: AddressInfo): readonly [string, ...string[]] {
  const isV4 = family === "IPv4";
  if (address !== "0.0.0.0" && address !== "::") return [`http://${isV4 ? address : `[${address}]`}:${port}`];
  const others = outerAddresses();
  const hosts = [
    ...others.filter((other) => other.family === "IPv4").map((other) => other.address),
    ...(isV4 ? [] : others.filter((other) => other.family === "IPv6").map((other) => `[${other.address}]`)),
  ];
  const [first, ...more] = [...hosts, isV4 ? "127.0.0.1" : "[::1]"].map((host) => `http://${host}:${port}`);
  return [first ?? "", ...more];
}

/** Without those of a single cable (fe80::/10), which a URL cannot name. */
function outerAddresses(): readonly NetworkInterfaceInfo[] {
  try {
    const all = Object.values(networkInterfaces()).flatMap((infos) => infos ?? []);
    return all.filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address));
  } catch {
    // Some systems, such as Android, do not tell.
    return [];
  }
}
