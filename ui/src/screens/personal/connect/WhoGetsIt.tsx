import { Id } from "../../../components/Id";
import { Panel } from "../../../components/Panel";
import type { AccountKind, OrganisationClient, PersonalRequest } from "../../../contract/types";
import { t } from "../../../words";
import { Facts } from "../Facts";

/** Which product gets access, and to which account: said once more before Microsoft's page. */
export function WhoGetsIt({ request, known }: { request: PersonalRequest; known: OrganisationClient[] }) {
  const own = known.find((each) => each.clientId === request.clientId);
  return (
    <Panel>
      <Facts
        facts={[
          [
            t("connect.whoProduct"),
            request.product ?? t("connect.appKnown", { organisation: own?.tenantName ?? "" }),
          ],
          [t("connect.whoClient"), <Id key="id" value={request.clientId} label={t("connect.whoClient")} />],
          [t("connect.whoAccounts"), accountsInWords(request.accounts, known)],
        ]}
      />
    </Panel>
  );
}

/** Which accounts may be picked, in words. */
export function accountsInWords(accounts: AccountKind, known: OrganisationClient[] = []): string {
  if (accounts.kind !== "organisation") return t(`connect.${accounts.kind}`);
  return known.find((each) => each.tenantId === accounts.tenant)?.tenantName ?? accounts.tenant;
}
