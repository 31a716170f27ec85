import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useId, useRef, useState } from "react";
import { Panel } from "../../components/Panel";
import type { MailboxAccessChoice } from "../../contract/types";
import { t } from "../../words";
import { isWhole, MailboxChoice } from "./MailboxChoice";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: "none",
  },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px", justifyContent: "flex-end" },
});

/** Chooses anew whose mailboxes an app may reach; the plan then shows what would change. */
export function ChangeAccess(props: {
  /** The group that limits it now, by name or address; empty when there is none. */
  group: string;
  onCancel: () => void;
  onPlan: (choice: MailboxAccessChoice) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [choice, setChoice] = useState<MailboxAccessChoice>({ kind: "group", address: props.group });
  useEffect(() => heading.current?.focus(), []);
  return (
    <Panel className={styles.root}>
      <h2 className={styles.title} id={id} ref={heading} tabIndex={-1}>
        {t("mailboxes.changeTitle")}
      </h2>
      <MailboxChoice
        choice={choice}
        recommended
        groupNote=""
        nestedCounts={false}
        labelledBy={id}
        onChange={setChoice}
      />
      <div className={styles.buttons}>
        <Button onClick={props.onCancel}>{t("common.cancel")}</Button>
        <Button
          appearance="primary"
          disabledFocusable={!isWhole(choice)}
          onClick={() => props.onPlan(choice)}
        >
          {t("wizard.seePlan")}
        </Button>
      </div>
    </Panel>
  );
}
