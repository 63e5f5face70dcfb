import { acquireLease, assertLease, DownloadInProgressError, LeaseLostError, renewLease } from "@fmtc/core";
import { expect, it } from "vitest";

const held = { owner: "one", epoch: 3, expiresAt: 1_000 };
const request = { owner: "two", now: 999, expiresAt: 5_000 };

it("gives the first owner epoch 1", () => {
  expect(acquireLease("d", undefined, request)).toEqual({ owner: "two", epoch: 1, expiresAt: 5_000 });
});

it("refuses another owner while the lease lasts, and says whose it is", () => {
  expect(() => acquireLease("d", held, request)).toThrow(DownloadInProgressError);
  expect(() => acquireLease("d", held, request)).toThrow(expect.objectContaining({ download: "d", lease: held }));
});

it("lets another owner take over at the moment the lease ends, with the next epoch", () => {
  expect(acquireLease("d", held, { ...request, now: 1_000 })).toEqual({ owner: "two", epoch: 4, expiresAt: 5_000 });
});

it("lets another owner take over from one that is known to be dead, and only from that one", () => {
  expect(acquireLease("d", held, { ...request, deadEpoch: 3 }).epoch).toBe(4);
  expect(() => acquireLease("d", held, { ...request, deadEpoch: 2 })).toThrow(DownloadInProgressError);
});

it("gives the same owner a new epoch", () => {
  expect(acquireLease("d", held, { ...request, owner: "one" }).epoch).toBe(4);
});

it("renews only what is of the current epoch", () => {
  expect(renewLease("d", held, { epoch: 3, expiresAt: 2_000 })).toEqual({ ...held, expiresAt: 2_000 });
  expect(() => renewLease("d", held, { epoch: 2, expiresAt: 2_000 })).toThrow(LeaseLostError);
  expect(() => assertLease("d", undefined, 1)).toThrow(LeaseLostError);
});
