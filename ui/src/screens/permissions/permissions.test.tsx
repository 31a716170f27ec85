import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { TOTALVIEW } from "../../backend/fake/catalogue";
import { open, press } from "../../testing/open";
import { fits } from "../connectors/ConnectorsScreen";
import { inOrder } from "./order";
import { lacksGrant } from "./Truths";

const app = (name: string, nextExpiry: string | null) => ({ objectId: null, appId: name, name, nextExpiry });

describe("apps", () => {
  const apps = [
    app("App 10", null),
    app("app 9", "2027-01-01T00:00:00Z"),
    app("Zebra", "2026-12-01T00:00:00Z"),
  ];

  it("stand by name, numbers as numbers", () => {
    expect(inOrder(apps, "name").map(({ name }) => name)).toEqual(["app 9", "App 10", "Zebra"]);
  });

  it("stand by the end of their secret, those without one last", () => {
    expect(inOrder(apps, "end").map(({ name }) => name)).toEqual(["Zebra", "app 9", "App 10"]);
  });
});

describe("a report", () => {
  it("shows three truths for each permission, and leads from Grant to a plan", async () => {
    const appId = "5f2b8c1e-7a4d-4b0e-9c38-000000000000";
    const { router } = await open(`/apps/${appId}#permissions`, "practice");
    await screen.findByText("1 permission is asked for but not granted.");
    expect(screen.getAllByText(/^Requested: /)).toHaveLength(3);
    expect(screen.getAllByText(/^Granted: /)).toHaveLength(3);
    screen.getByText("In a token: unknown (Its secret is not on this computer.)");
    await press("Grant what Totalview Calendar Synchronization lacks");
    await waitFor(() => expect(router.state.location.pathname).toBe("/plan"));
    expect(router.state.location.search).toEqual({ request: { kind: "grant", appId } });
  });

  it("does not call unknown a missing grant", () => {
    const status = (granted: "yes" | "no" | "unknown") =>
      lacksGrant({
        requested: { kind: "yes" },
        granted: granted === "unknown" ? { kind: granted, why: "" } : { kind: granted },
      });
    expect([status("yes"), status("no"), status("unknown")]).toEqual([false, true, false]);
  });
});

describe("the search among connectors", () => {
  it.each([
    ["total", true],
    ["MAIL calendars", true],
    ["", true],
    ["telescope", false],
  ])("“%s” finds Totalview: %s", (text, found) => {
    expect(fits(TOTALVIEW.summary, text)).toBe(found);
  });
});
