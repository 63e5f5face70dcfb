import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { baseUrlsOf } from "../../src/serve/base-urls-of.ts";

vi.mock("node:os", { spy: true });

const info = (family: "IPv4" | "IPv6", address: string, internal = false) =>
  ({ family, address, internal, netmask: "", mac: "", cidr: null, scopeid: 0 }) as NetworkInterfaceInfo;

beforeEach(() => {
  vi.mocked(networkInterfaces).mockReturnValue({
    lo: [info("IPv4", "127.0.0.1", true), info("IPv6", "::1", true)],
    eth0: [info("IPv6", "fd00::7"), info("IPv6", "fe80::7"), info("IPv4", "192.168.1.7")],
    wlan0: [info("IPv4", "10.0.0.7")],
    none: undefined,
  });
});

const urlsOf = (address: string) =>
  baseUrlsOf({ address, family: address.includes(":") ? "IPv6" : "IPv4", port: 8080 });

describe("the base URLs of a server", () => {
  it("at an address are of that one", () => {
    expect(urlsOf("127.0.0.1")).toEqual(["http://127.0.0.1:8080"]);
    expect(urlsOf("::1")).toEqual(["http://[::1]:8080"]);
  });

  it("at all addresses are those for others, and then the one that is always there", () => {
    const outer = ["http://192.168.1.7:8080", "http://10.0.0.7:8080"];
    expect(urlsOf("0.0.0.0")).toEqual([...outer, "http://127.0.0.1:8080"]);
    expect(urlsOf("::")).toEqual([...outer, "http://[fd00::7]:8080", "http://[::1]:8080"]);
  });

  it("are that one alone where the system does not tell", () => {
    vi.mocked(networkInterfaces).mockImplementation(() => {
      throw new Error("uv_interface_addresses returned Unknown system error 13");
    });
    expect(urlsOf("0.0.0.0")).toEqual(["http://127.0.0.1:8080"]);
  });
});
