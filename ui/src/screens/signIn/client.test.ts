import { describe, expect, it } from "vitest";
import type { OrganisationClient } from "../../contract/types";
import { type ClientAnswers, choiceOf, lookAt } from "./client";

const ID = "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55";
const known: OrganisationClient[] = [
  { cloud: "global", tenantId: "tenant-1", tenantName: "One", clientId: ID },
  { cloud: "china", tenantId: "tenant-2", tenantName: "Two", clientId: ID },
];
const answers = (more: Partial<ClientAnswers>): ClientAnswers => ({
  way: { kind: "typed" },
  tenant: "contoso.com",
  clientId: ID,
  agreed: false,
  cloud: "global",
  ...more,
});

describe("lookAt", () => {
  it("has nothing to say about a whole answer", () => {
    expect(lookAt(answers({}))).toEqual({});
    expect(lookAt(answers({ clientId: `  ${ID.toUpperCase()} ` }))).toEqual({});
    expect(lookAt(answers({ way: { kind: "known", index: 0 }, tenant: "", clientId: "" }))).toEqual({});
  });

  it.each(["not-an-id", ID.slice(1), `${ID}0`, "Q7x8Q~pretend.secret.value"])(
    "says of %s what a client ID looks like",
    (clientId) => {
      expect(lookAt(answers({ clientId })).clientId).toContain("36 characters");
    },
  );

  it("asks for what is missing", () => {
    expect(Object.keys(lookAt(answers({ tenant: " ", clientId: "" })))).toEqual(["tenant", "clientId"]);
  });

  it("begins no sign-in through Microsoft's own client without the tick", () => {
    const bootstrap = answers({ way: { kind: "bootstrap" } });
    expect(lookAt(bootstrap).agreed).toBeDefined();
    expect(lookAt({ ...bootstrap, agreed: true })).toEqual({});
  });
});

describe("choiceOf", () => {
  it("takes the organisation's own cloud, whatever stands under More", () => {
    expect(choiceOf(answers({ way: { kind: "known", index: 1 }, cloud: "usGov" }), known)).toEqual({
      cloud: "china",
      client: { kind: "registered", clientId: ID, tenant: "tenant-2" },
    });
  });

  it("trims what was pasted", () => {
    expect(choiceOf(answers({ tenant: " contoso.com ", clientId: ` ${ID}` }), known).client).toEqual({
      kind: "registered",
      clientId: ID,
      tenant: "contoso.com",
    });
  });
});
