import { describe, expect, it } from "vitest";
import { CIRRUS, TOTALVIEW } from "../../backend/fake/catalogue";
import { EVERY_KIND } from "../../backend/fake/everyKind";
import { CERTERO, SENSE } from "../../backend/fake/moreConnectors";
import { firstDraft } from "../connectors/useSetUp";
import { placeOf, stepOfIssue, stepsOf, withAnswer, withFeature } from "./steps";
import { willDo } from "./willDo";

const draft = firstDraft(TOTALVIEW, "account-anna");
const ids = (chosen: typeof draft, connector = TOTALVIEW) => stepsOf(connector, chosen).map(({ id }) => id);
const issue = (input: string) => ({ input, sentence: "", suggestion: null });

describe("the screens of a wizard", () => {
  it("ask one thing each, in the connector's order", () => {
    expect(ids(draft)).toEqual([
      "features",
      "input:test-mailbox",
      "input:sender",
      "mailboxes:calendar",
      "mailboxes:email",
      "lifetime",
    ]);
  });

  it("leave out what belongs to features that are not chosen", () => {
    expect(ids(withFeature(TOTALVIEW, draft, "email", false))).toEqual([
      "features",
      "input:test-mailbox",
      "mailboxes:calendar",
      "lifetime",
    ]);
  });

  it("do not ask for features when there is nothing to choose, and end with what comes first elsewhere", () => {
    const steps = ids(firstDraft(EVERY_KIND, "a"), EVERY_KIND);
    expect(steps[0]).toBe("input:region");
    expect(steps.at(-1)).toBe("before");
  });

  it("ask what the guide still lists, who may sign in, and only what an answer calls for", () => {
    expect(ids(firstDraft(SENSE, "a"), SENSE)).toEqual([
      "input:agency",
      "audience:sense",
      "permissions",
      "lifetime",
      "before",
    ]);
    const when = { input: "mode", is: ["delegated"] };
    const choosy = {
      ...CERTERO,
      audiences: [],
      registrations: CERTERO.registrations.map((each) => ({ ...each, when })),
    };
    const first = firstDraft(choosy, "a");
    expect(willDo(choosy, first, [], 0).registrations).toEqual([]);
    expect(willDo(choosy, withAnswer(first, "mode", "delegated"), [], 0).registrations).toHaveLength(1);
  });

  it("go on where one left, or at the beginning when that screen is gone", () => {
    const steps = stepsOf(TOTALVIEW, draft);
    expect(placeOf(steps, "input:sender")).toBe(2);
    expect(placeOf(steps, "input:no-longer-asked")).toBe(0);
    expect(placeOf(steps, "")).toBe(0);
  });
});

describe("answers", () => {
  it("begin with what the connector has on, and never with what cannot be had", () => {
    expect(draft.features).toEqual(["calendar", "email"]);
    const everything = { ...CIRRUS, features: CIRRUS.features.map((each) => ({ ...each, defaultOn: true })) };
    expect(firstDraft(everything, "a").features).toEqual(["calendarSync", "emailSync"]);
  });

  it("stay when a feature is switched off and on again", () => {
    const answered = withAnswer(draft, "sender", "desk@fjordvik.example");
    const off = withFeature(TOTALVIEW, answered, "email", false);
    const on = withFeature(TOTALVIEW, off, "email", true);
    expect(on.inputs.sender).toBe("desk@fjordvik.example");
    expect(on.features).toEqual(["calendar", "email"]);
  });
});

describe("an issue", () => {
  const steps = stepsOf(TOTALVIEW, draft);
  it.each([
    ["features", "features"],
    ["calendar", "features"],
    ["lifetime", "lifetime"],
    ["sender", "input:sender"],
    ["mailboxes:calendar", "mailboxes:calendar"],
  ])("about %s is put right on %s", (input, id) => {
    expect(stepOfIssue(steps, TOTALVIEW, issue(input))?.id).toBe(id);
  });

  it("about something that is not asked belongs nowhere", () => {
    expect(stepOfIssue(steps, TOTALVIEW, issue("elsewhere"))).toBeUndefined();
  });
});

describe("what Gatehouse will do", () => {
  const steps = stepsOf(TOTALVIEW, draft);
  const answered = withAnswer(draft, "test-mailbox", " maja@fjordvik.example ");

  it("grows with each answer, and says nothing about questions that were not reached", () => {
    expect(willDo(TOTALVIEW, answered, steps, 0).answers).toEqual([]);
    expect(willDo(TOTALVIEW, answered, steps, 1).answers).toEqual([
      { question: "Test mailbox", answer: "maja@fjordvik.example" },
    ]);
    expect(willDo(TOTALVIEW, answered, steps, 4).secret).toBeNull();
    expect(willDo(TOTALVIEW, answered, steps, 5).secret).toEqual({ count: 2, months: 12 });
  });

  it("names only registrations of chosen features, with their own permissions", () => {
    const calendarOnly = withFeature(TOTALVIEW, draft, "email", false);
    const { registrations } = willDo(TOTALVIEW, calendarOnly, steps, 0);
    expect(registrations.map(({ name }) => name)).toEqual(["Totalview Calendar Synchronization"]);
    expect(registrations[0]?.permissions.map(({ value }) => value)).toEqual([
      "Calendars.Read",
      "Calendars.ReadWrite",
      "User.Read.All",
    ]);
  });

  it("shows the label of a choice, and never a whole certificate", () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${"A".repeat(400)}`;
    const answers = withAnswer(withAnswer(firstDraft(EVERY_KIND, "a"), "region", "eu"), "certificate", pem);
    const all = stepsOf(EVERY_KIND, answers);
    const said = willDo(EVERY_KIND, answers, all, all.length).answers.map(({ answer }) => answer);
    expect(said).toEqual(["Europe", "-----BEGIN CERTIFICATE-----…"]);
  });
});
