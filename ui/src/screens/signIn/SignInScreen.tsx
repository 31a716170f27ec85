import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useStatus } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import type { AccountView, SignInRequest } from "../../contract/types";
import type { SignInSearch } from "../../router";
import { ChooseClient } from "./ChooseClient";
import { SignInAgain } from "./SignInAgain";
import { useSignIn } from "./useSignIn";
import { WaitForBrowser } from "./WaitForBrowser";

/** Signing in: choose how, wait for the browser, go on. */
export function SignInScreen() {
  const search: SignInSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { history } = useRouter();
  const status = useStatus();
  const purpose = search.purpose ?? "setUp";
  const also = search.also ?? [];
  const again = status.data?.accounts.find((account) => account.id === search.account);

  const signIn = useSignIn((account) => {
    if (account.bootstrap) {
      const request = { kind: "ownRegistration", accountId: account.id } as const;
      void navigate({ to: "/plan", search: { request } });
    } else if (search.afterwards) history.push(search.afterwards);
    else if (purpose === "identify")
      void navigate({ to: "/account/$place/{-$id}", params: { place: "signed-in" } });
    else void navigate({ to: "/home" });
  });

  const start = (request: Pick<SignInRequest, "cloud" | "client" | "loginHint">) =>
    void signIn.start({ ...request, accountId: again?.id ?? null, purpose, also });

  if (signIn.attempt.kind !== "none") {
    return (
      <WaitForBrowser
        attempt={signIn.attempt}
        name={again?.name ?? null}
        admin={{ kind: "ask" }}
        onCancel={signIn.cancel}
      />
    );
  }
  const note = signIn.attempt.error && (
    <ErrorNote
      error={signIn.attempt.error}
      actions={{
        tryAgain: signIn.again,
        signIn: signIn.again,
        chooseAccount: signIn.again,
        changeClient: () => document.querySelector<HTMLInputElement>("main input")?.focus(),
      }}
    />
  );
  if (again !== undefined) {
    return (
      <SignInAgain
        account={again}
        purposes={[purpose, ...also]}
        note={note}
        onStart={() => start(sameAs(again))}
      />
    );
  }
  return <ChooseClient purpose={purpose} search={search} note={note} onStart={start} />;
}

/** The same person, through the same client. */
function sameAs(account: AccountView): Pick<SignInRequest, "cloud" | "client" | "loginHint"> {
  return {
    cloud: account.cloud,
    client: account.bootstrap
      ? { kind: "bootstrap" }
      : { kind: "registered", clientId: account.clientId, tenant: account.tenantId },
    loginHint: account.upn,
  };
}
