import { expect, it } from "vitest";
import { newWorld } from "../../backend/fake/world";
import { attentionOf } from "./attention";

const now = new Date("2026-11-20T09:41:00Z");
const busy = () => newWorld("practice").status;

it("lists findings first, then runs that stopped, then wizards that were left", () => {
  expect(attentionOf(busy(), now).map((need) => need.target.kind)).toEqual([
    "connection",
    "signIn",
    "run",
    "draft",
  ]);
});

it("lists nothing twice when a finding already leads to a run or a draft", () => {
  const status = busy();
  const [finding] = status.findings;
  if (finding === undefined) throw new Error("the scenario has findings");
  status.findings = [
    { ...finding, id: "a", target: { kind: "run", runId: "run-stopped" } },
    { ...finding, id: "b", target: { kind: "draft", draftId: "draft-cirrus" } },
  ];
  expect(attentionOf(status, now).map((need) => need.id)).toEqual(["a", "b"]);
});

it("puts the organisation's own registration before everything else", () => {
  const [first] = attentionOf(newWorld("bootstrap").status, now);
  expect(first?.target).toEqual({ kind: "ownRegistration", accountId: "account-bootstrap" });
});

it("needs nobody on a quiet day", () => {
  expect(attentionOf(newWorld("empty").status, now)).toEqual([]);
});
