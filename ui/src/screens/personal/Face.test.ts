import { expect, it } from "vitest";
import { initialsOf } from "./Face";

it.each([
  ["Maja Lind", "ML"],
  ["Maximiliane-Theodora von und zu Hohenstein", "MH"],
  ["Øyvind", "Ø"],
  ["anna (Sales)", "A"],
  ["", ""],
])("the initials of “%s” are “%s”", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
