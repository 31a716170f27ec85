import { expect, it } from "vitest";
import { CONSENT_DECLINED, KEYRING_LOCKED } from "../backend/fake/failures";
import { appErrorOf, supportText } from "./ErrorNote";
import { shortened } from "./Id";

it("copies everything that support needs, and nothing that is absent", () => {
  const text = supportText(CONSENT_DECLINED);
  for (const part of ["Nothing was allowed.", "consentDeclined", "AADSTS65004", "5c9f52c1-9f0a-4a2f"]) {
    expect(text).toContain(part);
  }
  expect(supportText(KEYRING_LOCKED)).not.toContain("null");
});

it("gives a plain account of a mistake of our own, without its text in the sentences", () => {
  const app = appErrorOf(new TypeError("x is not a function"));
  expect(app.code).toBe("internal");
  expect(`${app.title} ${app.why} ${app.next}`).not.toContain("function");
});

it("shortens ids in the middle and leaves short ones whole", () => {
  expect(shortened("5f2b8c1e-7a4d-4b0e-9c38-2d61f0a79a41")).toBe("5f2b8c1e…9a41");
  expect(shortened("short")).toBe("short");
});
