import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ActionHandlers } from "../components/ErrorNote";
import { useVaultGate } from "./vaultGate";

/** What the button under an error does wherever the screen itself does not know better. */
export function useDefaultActions(): ActionHandlers {
  const navigate = useNavigate();
  const gate = useVaultGate();
  return useMemo(
    () => ({
      signIn: () => void navigate({ to: "/sign-in" }),
      chooseAccount: () => void navigate({ to: "/account" }),
      changeClient: () => void navigate({ to: "/sign-in" }),
      practise: () => void navigate({ to: "/welcome" }),
      openVault: () => void gate.ask(),
    }),
    [navigate, gate],
  );
}
