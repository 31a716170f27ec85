import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { forgetOrganisation } from "../backend/queries";

/**
 * What was read through one account is not shown through another, which may be of another organisation: however the account
 * came into use, by the menu, a sign-in or another program. `undefined` while it is not known.
 */
export function useAccountChange(account: string | null | undefined): void {
  const client = useQueryClient();
  const before = useRef(account);
  useEffect(() => {
    if (account === undefined || account === before.current) return;
    const known = before.current !== undefined;
    before.current = account;
    if (known) forgetOrganisation(client);
  }, [account, client]);
}
