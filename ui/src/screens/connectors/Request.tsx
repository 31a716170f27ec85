import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { Id } from "../../components/Id";
import { Panel } from "../../components/Panel";
import { StateWord } from "../../components/StateWord";
import type { GrantRequestView } from "../../contract/types";
import { t } from "../../words";
import { Permissions } from "../plan/Permissions";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    outlineStyle: "none",
  },
  app: { display: "flex", flexDirection: "column", gap: "8px" },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  line: { margin: 0 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px", justifyContent: "flex-end" },
});

/** A colleague's request in plain words: who asks, for which app, and what it would be allowed. */
export function Request(props: { request: GrantRequestView; onClose: () => void; onPlan: () => void }) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const { request } = props;
  useEffect(() => heading.current?.focus(), []);
  return (
    <Panel className={styles.root}>
      <div>
        <h3 className={styles.title} ref={heading} tabIndex={-1}>
          {request.requestedBy === ""
            ? t("connectors.requestFromSomebody")
            : t("connectors.requestFrom", { who: request.requestedBy })}
        </h3>
        {request.tenantName !== "" && (
          <p className={styles.line}>{t("connectors.requestIn", { organisation: request.tenantName })}</p>
        )}
      </div>
      {request.thisOrganisation ? (
        <StateWord tone="info">{t("connectors.requestUnproved")}</StateWord>
      ) : (
        <StateWord tone="warn">
          {t("connectors.requestElsewhere", { organisation: request.tenantName })}
        </StateWord>
      )}
      {request.apps.map((app) => (
        <div key={app.appId} className={styles.app}>
          <h4 className={styles.name}>{app.name}</h4>
          <span>
            {t("permissions.clientId")} <Id value={app.appId} label={t("permissions.clientId")} />
          </span>
          <Permissions permissions={app.permissions} label={app.name} />
        </div>
      ))}
      <div className={styles.buttons}>
        <Button onClick={props.onClose}>{t("common.close")}</Button>
        {request.thisOrganisation && (
          <Button appearance="primary" onClick={props.onPlan}>
            {t("wizard.seePlan")}
          </Button>
        )}
      </div>
    </Panel>
  );
}
