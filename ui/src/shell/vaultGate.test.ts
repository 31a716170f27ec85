import { expect, it, vi } from "vitest";
import { BackendError } from "../backend/Backend";
import { KEYRING_LOCKED, OFFLINE } from "../backend/fake/failures";
import { gateAround } from "./vaultGate";

it("asks nobody while things work", async () => {
  const ask = vi.fn();
  await expect(gateAround(ask).through(async () => 7)).resolves.toBe(7);
  expect(ask).not.toHaveBeenCalled();
});

it("asks when the vault is closed, and does the thing once more when it was opened", async () => {
  const attempt = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new BackendError(KEYRING_LOCKED))
    .mockResolvedValueOnce("done");
  await expect(gateAround(async () => true).through(attempt)).resolves.toBe("done");
  expect(attempt).toHaveBeenCalledTimes(2);
});

it("gives the failure back when the person closed the dialog", async () => {
  const attempt = vi.fn().mockRejectedValue(new BackendError(KEYRING_LOCKED));
  await expect(gateAround(async () => false).through(attempt)).rejects.toMatchObject({
    app: { code: "keyringLocked" },
  });
  expect(attempt).toHaveBeenCalledTimes(1);
});

it("asks once only: a vault that stays closed is a failure, not a loop", async () => {
  const ask = vi.fn(async () => true);
  const attempt = vi.fn().mockRejectedValue(new BackendError(KEYRING_LOCKED));
  await expect(gateAround(ask).through(attempt)).rejects.toBeInstanceOf(BackendError);
  expect(ask).toHaveBeenCalledTimes(1);
});

it("leaves other failures alone", async () => {
  const ask = vi.fn(async () => true);
  await expect(
    gateAround(ask).through(async () => {
      throw new BackendError(OFFLINE);
    }),
  ).rejects.toMatchObject({ app: { code: "offline" } });
  expect(ask).not.toHaveBeenCalled();
});
