import { useNavigate, useRouter } from "@tanstack/react-router";
import { useCommand, useStatus } from "../../backend/queries";
import type { RemedyAction } from "../../contract/types";

/** Does what the button under a finding says. A change is only ever planned: the plan is looked at first. */
export function useRemedy(): (action: RemedyAction) => void {
  const navigate = useNavigate();
  const router = useRouter();
  const account = useStatus().data?.activeAccount;
  const link = useCommand("link_open");
  return (action) => {
    switch (action.kind) {
      case "plan": {
        const { request } = action;
        // What takes a credential's place is the person's choice: they are asked before there is a plan.
        if (request.kind === "renewCredential") {
          const [keyId = ""] = request.replaces;
          return void navigate({
            to: "/apps/$appId",
            params: { appId: request.appId },
            hash: `renew-${keyId}`,
          });
        }
        return void navigate({ to: "/plan", search: { request } });
      }
      case "app":
        return void navigate({ to: "/apps/$appId", params: { appId: action.appId } });
      case "connection":
        return void navigate({
          to: "/connections/$connectionId",
          params: { connectionId: action.connectionId },
        });
      case "signIn":
        return void navigate({
          to: "/sign-in",
          search: {
            purpose: action.purpose,
            afterwards: router.state.location.href,
            ...(account && { account }),
          },
        });
      case "link":
        return link.mutate(action.url);
    }
  };
}
