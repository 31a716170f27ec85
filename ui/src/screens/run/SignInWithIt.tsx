import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useStatus } from "../../backend/queries";
import { t } from "../../words";

/** After Gatehouse's own registration was made: the way to sign in once more, through it. */
export function SignInWithIt({ clientId }: { clientId: string }) {
  const navigate = useNavigate();
  const status = useStatus();
  const account = status.data?.accounts.find((each) => each.id === status.data.activeAccount);
  const go = () =>
    void navigate({
      to: "/sign-in",
      search: {
        purpose: "setUp",
        client: clientId,
        ...(account ? { tenant: account.tenantId, cloud: account.cloud, hint: account.upn } : {}),
      },
    });
  return (
    <Button appearance="primary" onClick={go}>
      {t("run.signInWithIt")}
    </Button>
  );
}
