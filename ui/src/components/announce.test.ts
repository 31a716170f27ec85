import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { announce, onAnnouncement } from "./announce";

let said: string[] = [];
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  stop = onAnnouncement((words) => said.push(words));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("says the first thing at once", () => {
  announce("one");
  expect(said).toEqual(["one"]);
});

it("says at most one thing in five seconds, and of several the last", () => {
  announce("one");
  announce("two");
  announce("three");
  vi.advanceTimersByTime(4_999);
  expect(said).toEqual(["one"]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(["one", "three"]);
});

it("stays quiet for five seconds after a delayed announcement too", () => {
  announce("one");
  announce("two");
  vi.advanceTimersByTime(5_000);
  announce("three");
  expect(said).toEqual(["one", "two"]);
  vi.advanceTimersByTime(5_000);
  expect(said).toEqual(["one", "two", "three"]);
});
