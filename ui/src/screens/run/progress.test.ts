import { describe, expect, it } from "vitest";
import { failedRun, heldRun, waitingRun } from "../../backend/fake/moreRuns";
import { finishedRun } from "../../backend/fake/runs";
import { newsOf, progressOf, timeLeft } from "./progress";

const at = (seconds: number) => new Date(Date.parse("2026-11-20T09:40:30Z") + seconds * 1_000);

describe("progress", () => {
  it("counts real steps", () => {
    expect(progressOf(heldRun())).toEqual({ done: 2, total: 8, left: 6 });
    expect(progressOf(finishedRun())).toEqual({ done: 8, total: 8, left: 0 });
  });

  it("does not count the steps of another person", () => {
    expect(progressOf(waitingRun())).toEqual({ done: 3, total: 3, left: 0 });
  });
});

describe("the time left", () => {
  it("is not said in the first ten seconds", () => {
    expect(timeLeft(heldRun(), at(9))).toBeNull();
  });

  it("goes by the pace so far, in steps of five seconds", () => {
    expect(timeLeft(heldRun(), at(11))).toBe(35_000);
    expect(timeLeft(heldRun(), at(31))).toBe(95_000);
  });

  it("is not said of a run that rests", () => {
    expect(timeLeft(failedRun(), at(60))).toBeNull();
    expect(timeLeft(finishedRun(), at(60))).toBeNull();
  });
});

describe("what is said aloud", () => {
  it("is new, or nothing", () => {
    const held = heldRun();
    expect(newsOf(held, held)).toBeNull();
    expect(newsOf(finishedRun(), held)).toBe("Microsoft is still spreading the change.");
    expect(newsOf(held, failedRun())).toBe("A rule of your organisation limits how long secrets may live.");
  });
});
