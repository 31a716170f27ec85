import { afterEach, expect, it } from "vitest";
import { takeBackWhatNoDialogHides } from "./hiddenWithoutDialog";

const settled = () => new Promise((done) => setTimeout(done));
let stop = () => {};
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

it("takes back what a dialog hid once the dialog is gone, and not before", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("aria-modal", "true");
  stop = takeBackWhatNoDialogHides(root);
  root.setAttribute("aria-hidden", "true");
  await settled();
  expect(root.getAttribute("aria-hidden")).toBe("true");
  dialog.remove();
  await settled();
  expect(root.getAttribute("aria-hidden")).toBeNull();
  root.setAttribute("aria-hidden", "true");
  await settled();
  expect(root.getAttribute("aria-hidden")).toBeNull();
});
