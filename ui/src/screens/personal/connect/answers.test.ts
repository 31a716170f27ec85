import { describe, expect, it } from "vitest";
import { INVITATION } from "../../../backend/fake/invitations";
import type { OrganisationClient } from "../../../contract/types";
import {
  type ConnectAnswers,
  depthOf,
  firstAnswers,
  lookAt,
  requestOf,
  stepsOf,
  together,
  withApp,
  withDepth,
  withSending,
} from "./answers";

const ID = "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55";
const known: OrganisationClient[] = [
  { cloud: "china", tenantId: "tenant-1", tenantName: "One", clientId: ID.replace("3d", "aa") },
];
const answers = (more: Partial<ConnectAnswers>): ConnectAnswers => ({
  ...firstAnswers(undefined, [], null),
  features: ["calendarRead"],
  clientId: ID,
  product: "Totalview",
  ...more,
});

describe("features", () => {
  it("are asked for at one depth only", () => {
    expect(withDepth(["calendarRead"], "calendar", "change")).toEqual(["calendarWrite"]);
    expect(withDepth(["calendarWrite"], "calendar", "look")).toEqual(["calendarRead"]);
    expect(withDepth(["calendarWrite", "mailSend"], "calendar", "none")).toEqual(["mailSend"]);
  });

  it("stay in the order in which people read them", () => {
    expect(withSending(withDepth(["contactsRead"], "calendar", "look"), true)).toEqual([
      "calendarRead",
      "mailSend",
      "contactsRead",
    ]);
  });

  it("know how much of a kind is chosen", () => {
    expect(depthOf(["mailWrite"], "mail")).toBe("change");
    expect(depthOf(["mailSend"], "mail")).toBe("none");
  });

  it("of an invitation come on top of what is there, and never lessen it", () => {
    expect(together(["calendarWrite", "mailRead"], ["calendarRead", "mailWrite"])).toEqual([
      "calendarWrite",
      "mailWrite",
    ]);
  });
});

describe("lookAt", () => {
  it("has nothing to say about whole answers", () => {
    for (const step of ["features", "app", "accounts", "lookAt"] as const)
      expect(lookAt(step, answers({}))).toEqual({});
  });

  it.each(["", "my-client", `${ID}0`, ID.slice(1)])("does not take “%s” for a client ID", (clientId) => {
    expect(lookAt("app", answers({ clientId })).clientId).toBeDefined();
  });

  it("wants a name only for what has none", () => {
    expect(lookAt("app", answers({ product: " " })).product).toBeDefined();
    expect(lookAt("app", answers({ product: "", app: { kind: "known", index: 0 } }))).toEqual({});
  });

  it("wants the organisation when only its accounts may come", () => {
    expect(lookAt("accounts", answers({ accounts: "organisation", tenant: " " })).tenant).toBeDefined();
    expect(lookAt("accounts", answers({ accounts: "either", tenant: "" }))).toEqual({});
  });
});

describe("requestOf", () => {
  it("trims what was pasted", () => {
    const request = requestOf(
      answers({
        clientId: ` ${ID} `,
        product: " Totalview ",
        accounts: "organisation",
        tenant: " x.example ",
      }),
      [],
    );
    expect(request).toMatchObject({
      clientId: ID,
      product: "Totalview",
      accounts: { kind: "organisation", tenant: "x.example" },
      connectionId: null,
    });
  });

  it("takes the Gatehouse of an organisation with that organisation's cloud and accounts", () => {
    const chosen = withApp(answers({}), { kind: "known", index: 0 }, known);
    expect(requestOf(chosen, known)).toMatchObject({
      cloud: "china",
      clientId: known[0]?.clientId,
      accounts: { kind: "organisation", tenant: "tenant-1" },
      product: null,
    });
  });

  it("says exactly what an invitation says", () => {
    expect(requestOf(firstAnswers(INVITATION, known, null), known)).toEqual({
      cloud: INVITATION.cloud,
      clientId: INVITATION.clientId,
      accounts: INVITATION.accounts,
      features: INVITATION.features,
      product: INVITATION.product,
      connectionId: null,
      loginHint: null,
    });
  });
});

describe("stepsOf", () => {
  it("asks for the kind of account only where there is a choice", () => {
    expect(stepsOf(answers({}))).toContain("accounts");
    expect(stepsOf(withApp(answers({}), { kind: "known", index: 0 }, known))).not.toContain("accounts");
  });
});
