import { makeStyles } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { useTextLink } from "../../components/textLink";
import type { ConnectionSummary } from "../../contract/types";
import { t } from "../../words";
import { CONNECTION_TONES } from "../connection/tones";
import { InviteButton } from "../personal/invitation/InviteButton";
import { invitedApps } from "../personal/invitation/invitationTo";

const useStyles = makeStyles({ name: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" } });

/** The set-ups of a connector that exist in this space. */
export function useSetUps(connectorId: string): ConnectionSummary[] {
  const connections = useAnswer("connections", null);
  return connections.data?.filter((each) => each.connectorId === connectorId) ?? [];
}

/** The set-ups of a connector that exist already. */
export function AlreadySetUp({ connectorId }: { connectorId: string }) {
  const styles = useStyles();
  const link = useTextLink();
  const here = useSetUps(connectorId);
  if (here.length === 0) return null;
  return (
    <Section title={t("connectors.existing")}>
      <PanelList label={t("connectors.existing")}>
        {here.map((each) => (
          <PanelRow key={each.id}>
            <span className={styles.name}>
              <Link to="/connections/$connectionId" params={{ connectionId: each.id }} className={link}>
                {each.connectorName}
              </Link>
              {` · ${each.tenantName}`}
            </span>
            <StateWord tone={CONNECTION_TONES[each.state]}>{t(`connection.${each.state}`)}</StateWord>
            <AskTheirPeople connectionId={each.id} />
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}

/** For each app of the set-up that works for people, the way to invite them. */
function AskTheirPeople({ connectionId }: { connectionId: string }) {
  const connection = useAnswer("connection", connectionId).data;
  if (connection === undefined) return null;
  return invitedApps(connection).map((app) => (
    <InviteButton
      key={app.clientId}
      app={app}
      words={t("personal.invite")}
      label={t("personal.inviteTo", { product: app.product })}
    />
  ));
}
