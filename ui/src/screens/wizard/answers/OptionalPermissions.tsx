import { makeStyles, Switch, tokens } from "@fluentui/react-components";
import { RiskWord } from "../../../components/RiskWord";
import { StateWord } from "../../../components/StateWord";
import type { OptionalPermission } from "../../../contract/types";
import { t } from "../../../words";
import { Group } from "./Group";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    padding: "12px 0",
    "&:not(:first-child)": { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  head: { display: "flex", alignItems: "baseline", justifyContent: "space-between", gap: "12px" },
  switch: { marginInlineStart: "-8px", minWidth: 0 },
  sentence: { fontWeight: tokens.fontWeightSemibold },
  body: { display: "flex", flexDirection: "column", gap: "4px", paddingInlineStart: "48px" },
  line: { margin: 0, overflowWrap: "anywhere" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  mono: { fontFamily: tokens.fontFamilyMonospace, unicodeBidi: "isolate", overflowWrap: "anywhere" },
  risk: { whiteSpace: "nowrap" },
});

/** Permissions that can be switched on one by one: what each allows, its risk, and why it is off to begin with. */
export function OptionalPermissions(props: {
  permissions: OptionalPermission[];
  /** Keys of those that are on. */
  on: string[];
  labelledBy: string;
  onChange: (key: string, on: boolean) => void;
}) {
  const styles = useStyles();
  return (
    <Group labelledBy={props.labelledBy}>
      <ul className={styles.list}>
        {props.permissions.map(({ permission, whyOff }) => (
          <li key={permission.key} className={styles.item}>
            <div className={styles.head}>
              <Switch
                className={styles.switch}
                checked={props.on.includes(permission.key)}
                label={<span className={styles.sentence}>{permission.sentence}</span>}
                onChange={(_, { checked }) => props.onChange(permission.key, checked === true)}
              />
              <RiskWord risk={permission.risk} />
            </div>
            <div className={styles.body}>
              <p className={styles.quiet}>
                <span className={styles.mono} dir="ltr">
                  {permission.value}
                </span>
                {` · ${permission.resource} · `}
                {t(permission.kind === "application" ? "permission.application" : "permission.delegated")}
              </p>
              {permission.retired !== null && (
                <p className={styles.line}>
                  <StateWord tone="warn">{permission.retired}</StateWord>
                </p>
              )}
              {whyOff !== null && <p className={styles.line}>{whyOff}</p>}
              {permission.why !== "" && <p className={styles.line}>{permission.why}</p>}
              {permission.riskReason !== "" && (
                <p className={styles.quiet}>{t("plan.riskWhy", { why: permission.riskReason })}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
