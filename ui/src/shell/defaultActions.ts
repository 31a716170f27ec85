import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { keyOf } from "../backend/queries";
import type { ActionHandlers } from "../components/ErrorNote";
import type { AppStatus, SignInPurpose } from "../contract/types";
import { useVaultGate } from "./vaultGate";

/**
 * What the button under an error does wherever the screen itself does not know better. With a purpose, signing in asks the present
 * person for that, and comes back here.
 */
export function useDefaultActions(purpose: SignInPurpose | null = null): ActionHandlers {
  const navigate = useNavigate();
  const { state } = useRouter();
  const client = useQueryClient();
  const gate = useVaultGate();
  return useMemo(() => {
    const signInFor = (wanted: SignInPurpose) => {
      const account = client.getQueryData<AppStatus>(keyOf("app_status", null))?.activeAccount;
      const search = { purpose: wanted, afterwards: state.location.href, ...(account ? { account } : {}) };
      void navigate({ to: "/sign-in", search });
    };
    return {
      signIn: () => (purpose === null ? void navigate({ to: "/sign-in" }) : signInFor(purpose)),
      chooseAccount: () => void navigate({ to: "/account/$place/{-$id}", params: { place: "signed-in" } }),
      changeClient: () => void navigate({ to: "/sign-in" }),
      practise: () => void navigate({ to: "/welcome" }),
      openVault: () => void gate.ask(),
    };
  }, [navigate, state, client, gate, purpose]);
}
