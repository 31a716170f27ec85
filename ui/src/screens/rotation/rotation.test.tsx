import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { findingsOf } from "../../backend/fake/findings";
import { appsOf } from "../../backend/fake/inventoryApps";
import type { PlanRequest } from "../../contract/types";
import { open, press } from "../../testing/open";
import { newCredential, suggested } from "./RenewDialog";
import { stageOf, waitsFor } from "./states";

describe("a renewal", () => {
  it("waits for the person wherever nobody else can go on", () => {
    const used = { kind: "used", at: "" } as const;
    const blind = { kind: "unknown", why: "" } as const;
    expect(waitsFor({ state: "handOver", oldLastUse: used })).toBe("yours");
    expect(waitsFor({ state: "watching", oldLastUse: used })).toBe("watched");
    expect(waitsFor({ state: "watching", oldLastUse: blind })).toBe("yours");
    expect(waitsFor({ state: "stillUsed", oldLastUse: used })).toBe("yours");
    expect(waitsFor({ state: "done", oldLastUse: blind })).toBe("past");
    expect(stageOf("stillUsed")).toBe(stageOf("watching"));
  });

  it("is planned only with all that it needs", () => {
    expect(newCredential("uploadedCertificate", "allowed", "  ")).toBeNull();
    expect(newCredential("uploadedCertificate", "allowed", "PEM")).toEqual({
      kind: "uploadedCertificate",
      text: "PEM",
    });
    expect(newCredential("secret", "6", "")).toEqual({ kind: "secret", months: 6 });
    expect(newCredential("secret", "allowed", "")).toEqual({ kind: "secret", months: null });
  });

  it("begins with what the application suggests, which knows what the organisation forbids", () => {
    const [app] = appsOf(1);
    const [old] = app?.credentials ?? [];
    if (app === undefined || old === undefined) throw new Error("the imitation has no app");
    const request: PlanRequest = {
      kind: "renewCredential",
      appId: app.row.app.appId,
      replaces: [old.keyId, "another"],
      new: { kind: "madeCertificate", months: null },
    };
    const remedy = { sentence: "", button: "Renew", action: { kind: "plan" as const, request } };
    const [finding] = findingsOf(app);
    if (finding === undefined) throw new Error("nothing is wrong with the app");
    const judged = { ...app, findings: [{ ...finding, remedy }] };
    expect(suggested(judged, [old])).toEqual(request);
    expect(suggested(judged, [{ ...old, keyId: "unknown" }])).toBeUndefined();
  });

  it("hands over without the secret ever being on the page, then watches the old one", async () => {
    const { backend } = await open("/rotations/rotation-hand", "practice");
    const call = vi.spyOn(backend, "call");
    await screen.findByText("Hidden. It is sealed on this computer.");
    await press("Copy Client secret");
    await waitFor(() =>
      expect(call).toHaveBeenCalledWith("rotation_copy", {
        connectionId: "rotation-hand",
        fieldId: "secret",
      }),
    );
    await press("The product has it");
    await screen.findByText("Is the old one still used?");
    await press("Look again");
    await press("Remove the old one");
  });

  it("leads from idle to the plan that removes the old one", async () => {
    const { router } = await open("/rotations/rotation-idle", "practice");
    await press("Remove the old one");
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
    expect(router.state.location.search).toEqual({
      request: { kind: "finishRotation", rotationId: "rotation-idle" },
    });
  });

  it("says that it cannot tell, and removes only on the person’s word", async () => {
    const { router } = await open("/rotations/rotation-blind", "practice");
    await screen.findByText("Gatehouse cannot tell");
    screen.getByText(/need a licence that this organisation does not have/);
    await press("Remove the old one now");
    const dialog = await screen.findByRole("alertdialog");
    expect(router.state.location.pathname).toBe("/rotations/rotation-blind");
    fireEvent.click(within(dialog).getByRole("button", { name: "See the plan" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
  });

  it("warns when the old one was used after the hand-over", async () => {
    await open("/rotations/rotation-still", "practice");
    await screen.findByText(/^Used today at .* after you handed the new one over$/);
    screen.getByText(/Look for a second server/);
    expect(screen.queryByRole("button", { name: "Remove the old one" })).toBeNull();
  });

  it("removes nothing more once it is undone, and can be done again", async () => {
    const { router } = await open("/rotations/rotation-undone", "practice");
    await screen.findByText("The new one was taken back");
    expect(screen.queryByRole("button", { name: /Remove/ })).toBeNull();
    await press("Renew it again");
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/apps\//));
    expect(router.state.location.hash).toMatch(/^renew-/);
  });

  it("says that a removed secret cannot come back, and what can be done instead", async () => {
    const { router } = await open("/rotations/rotation-done", "practice");
    await screen.findByText(/A removed secret cannot come back/);
    screen.getByRole("button", { name: "See the removal" });
    await press("Make another");
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/apps\//));
  });
});

describe("which secret is this", () => {
  it("says so, and forgets what was pasted", async () => {
    await open("/rotations", "practice");
    await press("Which secret is this?");
    const input = await screen.findByLabelText("The secret");
    fireEvent.change(input, { target: { value: "Q7x8Q~something" } });
    await press("Compare");
    await screen.findByText(/^This is “Totalview” of Totalview Calendar Synchronization/);
    await press("Compare another");
    expect(((await screen.findByLabelText("The secret")) as HTMLInputElement).value).toBe("");
  });

  it("tells an ID from a secret", async () => {
    await open("/rotations", "practice");
    await press("Which secret is this?");
    fireEvent.change(await screen.findByLabelText("The secret"), {
      target: { value: "77aa0000-0000-4000-8000-000000000010" },
    });
    await press("Compare");
    await screen.findByText(/This is the ID of a secret, not the secret itself/);
  });

  it("says what nobody here could try, where the proof would stand", async () => {
    await open("/rotations/rotation-own", "practice");
    await screen.findByText("Not tried here");
    screen.getByText(/Only the public part of this certificate is here/);
    screen.getByText("The new one is added. Gatehouse could not try it");
    expect(screen.queryByText("The new one is made and proved")).toBeNull();
  });

  it("asks what a service's tokens say, and leads to the plan", async () => {
    const { router } = await open("/apps/5f2b8c1e-7a4d-4b0e-9c38-000000000001", "practice");
    await press("Trust a service");
    const dialog = await screen.findByRole("dialog");
    const plan = within(dialog).getByRole("button", { name: "See the plan" });
    expect(plan.getAttribute("aria-disabled")).toBe("true");
    for (const [label, value] of [
      ["A name for it", "github-main"],
      ["Issuer", "https://token.actions.githubusercontent.com"],
      ["Subject", " repo:example/calendar:ref:refs/heads/main "],
    ] as const)
      fireEvent.change(within(dialog).getByLabelText(label), { target: { value } });
    fireEvent.click(plan);
    await screen.findByText("Let Totalview trust an outside service");
    expect(router.state.location.search).toMatchObject({
      request: {
        kind: "addTrust",
        trust: {
          name: "github-main",
          subject: "repo:example/calendar:ref:refs/heads/main",
          audience: "api://AzureADTokenExchange",
        },
      },
    });
  });

  it("leads from there to a service that is trusted", async () => {
    await open(
      "/apps/5f2b8c1e-7a4d-4b0e-9c38-000000000007#renew-77aa0000-0000-4000-8000-000000000070",
      "practice",
    );
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Trust a service" }));
    await screen.findByRole("dialog", { name: "Trust a service instead of a secret" });
  });

  it("offers no secret where none may be made, and suggests what needs none", async () => {
    const { backend } = await open(
      "/apps/5f2b8c1e-7a4d-4b0e-9c38-000000000007#renew-77aa0000-0000-4000-8000-000000000070",
      "practice",
    );
    const call = vi.spyOn(backend, "call");
    const dialog = await screen.findByRole("dialog");
    within(dialog).getByText(/a federated credential is better still/);
    const secret = within(dialog).getByRole<HTMLInputElement>("radio", { name: /A client secret/ });
    const made = within(dialog).getByRole<HTMLInputElement>("radio", { name: /A certificate made here/ });
    expect([secret.disabled, made.checked]).toEqual([true, true]);
    fireEvent.click(within(dialog).getByRole("button", { name: "How to make a federated credential" }));
    await waitFor(() =>
      expect(call).toHaveBeenCalledWith(
        "link_open",
        expect.stringContaining("learn.microsoft.com/entra/workload-id"),
      ),
    );
  });
});
