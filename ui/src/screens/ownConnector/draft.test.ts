import { expect, it } from "vitest";
import { EMPTY_DRAFT, withoutBlanks } from "./draft";

it("sends no row that was left empty, and names the app like the product", () => {
  const sent = withoutBlanks({
    ...EMPTY_DRAFT,
    name: " Parcel Desk ",
    guide: " ",
    redirects: [
      { platform: "web", uri: " https://desk.example/back " },
      { platform: "spa", uri: "" },
    ],
  });
  expect(sent).toMatchObject({
    name: "Parcel Desk",
    displayName: "Parcel Desk",
    guide: null,
    permissions: [],
  });
  expect(sent.redirects).toEqual([{ platform: "web", uri: "https://desk.example/back" }]);
});
