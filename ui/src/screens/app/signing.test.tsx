import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { appsOf } from "../../backend/fake/inventoryApps";
import { open, press } from "../../testing/open";

const signing = appsOf(20).find(({ credentials }) =>
  credentials.some(({ kind }) => kind === "signingCertificate"),
);
if (signing === undefined) throw new Error("the imitation has no signing certificate");
const appId = signing.row.app.appId;
const [certificate] = signing.credentials;

describe("a certificate that signs people in", () => {
  it("leads to steps and to Microsoft’s page, not to a renewal that could not work", async () => {
    const { backend, router } = await open(`/apps/${appId}#secrets`, "practice");
    const call = vi.spyOn(backend, "call");
    const list = await screen.findByRole("list", { name: "Secrets and certificates" });
    expect(within(list).queryByRole("button", { name: /^(Renew|Remove) / })).toBeNull();
    within(list)
      .getByRole("button", { name: /^How to renew / })
      .click();
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getAllByRole("listitem")).toHaveLength(4);
    await press("Read Microsoft’s guide");
    await waitFor(() =>
      expect(call).toHaveBeenCalledWith(
        "link_open",
        expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//),
      ),
    );
    await press("Close");
    expect(router.state.location.pathname).toBe(`/apps/${appId}`);
  });

  it("is explained at once to whoever pressed Renew on a reminder", async () => {
    await open(`/apps/${appId}#renew-${certificate?.keyId}`, "practice");
    const dialog = await screen.findByRole("dialog");
    within(dialog).getByText(/^Renew the signing certificate of/);
    expect(screen.queryByText("What takes its place?")).toBeNull();
  });
});
