import { Id } from "../../../components/Id";
import { Panel } from "../../../components/Panel";
import { Section } from "../../../components/Section";
import type { PersonalConnection } from "../../../contract/types";
import { t } from "../../../words";
import { ago, dayAndDate } from "../../../words/dates";
import { useNow } from "../../../words/useNow";
import { Facts } from "../Facts";

/** Until when it works, when it was used, and its ids. */
export function PersonalFacts({ connection }: { connection: PersonalConnection }) {
  const now = useNow();
  const { lastUsedAt, clientId, tenantId } = connection;
  const [client, tenant] = [t("personalPage.clientId"), t("personalPage.tenantId")];
  return (
    <Section title={t("personalPage.facts")}>
      <Panel>
        <Facts
          facts={[
            [t("personalPage.lasts"), connection.lasts],
            [
              t("personalPage.lastUsed"),
              lastUsedAt === null ? t("personalPage.never") : ago(lastUsedAt, now),
            ],
            [t("personalPage.connectedAt"), dayAndDate(connection.connectedAt, now)],
            [t("personalPage.organisation"), connection.tenantName],
            [client, <Id key={clientId} value={clientId} label={client} />],
            [tenant, <Id key={tenantId} value={tenantId} label={tenant} />],
          ]}
        />
      </Panel>
    </Section>
  );
}
