import { expect, it } from "vitest";
import { TOTALVIEW } from "../../backend/fake/catalogue";
import { CERTERO, CIRRUS_EXCHANGE } from "../../backend/fake/moreConnectors";
import { firstDraft } from "../connectors/useSetUp";
import { purposesOf } from "./purposes";

it("asks in one sign-in for all that the answers call for, and for nothing more", () => {
  const draft = firstDraft(TOTALVIEW, "a");
  expect(purposesOf(TOTALVIEW, draft)).toEqual(["setUp"]);
  const limited = {
    ...draft,
    mailboxAccess: { calendar: { kind: "people" as const, addresses: ["a@b.example"] } },
  };
  expect(purposesOf(TOTALVIEW, limited)).toEqual(["setUp", "mailboxes"]);
  expect(purposesOf(CERTERO, firstDraft(CERTERO, "a"))).toEqual(["setUp", "reports"]);
  expect(purposesOf(CIRRUS_EXCHANGE, firstDraft(CIRRUS_EXCHANGE, "a"))).toEqual(["setUp", "people"]);
});
