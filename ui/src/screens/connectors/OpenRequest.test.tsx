import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { open, press } from "../../testing/open";

async function choose(text: string) {
  const field = await screen.findByLabelText("Open a request file", { selector: "input" });
  fireEvent.change(field, { target: { files: [new File([text], "x.gatehouse-request.json")] } });
}

it("row_b7_request says who asks for what before it leads to the plan", async () => {
  const { router } = await open("/connectors", "practice");
  await choose("{}");
  await screen.findByText(/Karim Haddad .* asks you to grant this/);
  screen.getByText("Send mail as anyone in the organisation");
  await press("See the plan");
  await screen.findByRole("button", { name: "Go ahead" });
  expect(router.state.location.search).toMatchObject({ request: { kind: "grantRequest", text: "{}" } });
});

it("row_b7_request about another organisation cannot be planned here", async () => {
  await open("/connectors", "practice");
  await choose('{"tenant":"elsewhere"}');
  await screen.findByText(/This is about Harbour Logistics/);
  expect(screen.queryByRole("button", { name: "See the plan" })).toBeNull();
});
