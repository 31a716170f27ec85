import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { open, press } from "../../testing/open";

const app = (part: string) => `/apps/5f2b8c1e-7a4d-4b0e-9c38-000000000000#${part}`;
const FRAGMENT = '"requiredResourceAccess": [ { "resourceAccess": [] } ]';

describe("the page of any app", () => {
  it("row_d2_manifest names the permissions of a fragment, marks what nobody knows, and merges by default", async () => {
    const { router } = await open(app("manifest"), "practice");
    fireEvent.change(
      await screen.findByRole("textbox", { name: "The piece of text, or the whole manifest" }),
      {
        target: { value: FRAGMENT },
      },
    );
    await press("Show what it means");
    const list = await screen.findByRole("list", { name: "What would change" });
    within(list).getByText("New, and nobody here knows it");
    expect(within(list).getAllByText("There, and not in the text: stays")).toHaveLength(2);
    await press("See the plan");
    await screen.findByRole("button", { name: "Go ahead" });
    expect(router.state.location.search).toMatchObject({
      request: { kind: "mergePermissions", text: FRAGMENT, replace: false },
    });
  });

  it("row_d2_manifest removes what the text lacks only when that was chosen", async () => {
    await open(app("manifest"), "practice");
    fireEvent.change(
      await screen.findByRole("textbox", { name: "The piece of text, or the whole manifest" }),
      {
        target: { value: FRAGMENT },
      },
    );
    await press("Show what it means");
    fireEvent.click(await screen.findByRole("radio", { name: /Replace what is there/ }));
    expect(await screen.findAllByText("There, and not in the text: is removed")).toHaveLength(2);
  });

  it("row_b6_names says which permission a wrong name means", async () => {
    await open(app("manifest"), "practice");
    fireEvent.change(await screen.findByLabelText("Name in the guide"), { target: { value: "Email.Send" } });
    await press("Check");
    await screen.findByText("There is no “Email.Send”. Microsoft calls it Mail.Send.");
  });

  it("row_d1_redirect names the missing address and adds it beside the others", async () => {
    const { router } = await open(app("registration"), "practice");
    await screen.findByText(/One that is nearly the same is there/);
    await press("Add it");
    await screen.findByRole("button", { name: "Go ahead" });
    expect(router.state.location.search).toMatchObject({
      request: {
        kind: "changeRegistration",
        audience: null,
        redirects: [
          { uri: "https://fjordvik.sensehq.com/settings/calendar-sync/auth-result/" },
          { uri: "http://localhost" },
          { uri: "https://fjordvik.sensehq.com/settings/calendar-sync/auth-result" },
        ],
      },
    });
  });

  it("row_d6_audience says what follows before it is changed", async () => {
    const { router } = await open(app("registration"), "practice");
    await press("Change who may sign in");
    fireEvent.click(await screen.findByRole("radio", { name: /People of any organisation can sign in/ }));
    await screen.findByText("Your own organisation is not opened to anybody by this.");
    await press("See the plan");
    await screen.findByRole("button", { name: "Go ahead" });
    expect(router.state.location.search).toMatchObject({
      request: { kind: "changeRegistration", audience: "AzureADMultipleOrgs", redirects: null },
    });
  });
});
