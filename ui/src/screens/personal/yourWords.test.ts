import { expect, it } from "vitest";
import { CALENDARS_READ } from "../../backend/fake/permissionWords";
import { permissionOf } from "../../backend/fake/personalWords";
import { inYourWords } from "./yourWords";

it("speaks to the person whose account it is", () => {
  const told = inYourWords(permissionOf("mailSend"));
  expect(told.sentence).toBe("Send mail as you");
  expect(told.riskReason).toBe("People would think that the mail is from you.");
  expect(told).toMatchObject({ value: "Mail.Send", risk: "medium" });
});

it("leaves alone what is not about the own account, or not known here", () => {
  expect(inYourWords(CALENDARS_READ)).toBe(CALENDARS_READ);
  const other = { ...permissionOf("mailRead"), value: "Tasks.Read" };
  expect(inYourWords(other)).toBe(other);
});
