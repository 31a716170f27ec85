import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useId, useRef } from "react";
import { CodeBlock } from "../../components/CodeBlock";
import { FileProblems } from "../../components/FileProblems";
import { Fold } from "../../components/Fold";
import { Panel } from "../../components/Panel";
import { StateWord } from "../../components/StateWord";
import type { ConnectorReview } from "../../contract/types";
import { t } from "../../words";
import { OptionalPermissions } from "../wizard/answers/OptionalPermissions";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "20px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    outlineStyle: "none",
  },
  part: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  line: { margin: "4px 0 0", color: tokens.colorNeutralForeground2 },
  list: {
    margin: "8px 0 0",
    paddingInlineStart: "20px",
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    overflowWrap: "anywhere",
  },
  warnings: { display: "flex", flexDirection: "column", gap: "4px" },
});

/** A connector in plain words, before it can do anything. What could harm everybody is off until it is switched on. */
export function Review(props: {
  review: ConnectorReview;
  /** What was left out on the way here, one sentence each. */
  leftOut?: string[];
  on: string[];
  onSwitch: (key: string, on: boolean) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { review, leftOut = [] } = props;
  useEffect(() => heading.current?.focus(), []);
  if (!review.canImport) return <FileProblems problems={review.problems} />;
  return (
    <Panel className={styles.root}>
      <div>
        <h2 className={styles.title} ref={heading} tabIndex={-1}>
          {review.name}
        </h2>
        {review.vendor !== "" && (
          <p className={styles.line}>{t("connectors.by", { vendor: review.vendor })}</p>
        )}
      </div>
      {(review.warnings.length > 0 || review.replaces !== null) && (
        <div className={styles.warnings} role="alert">
          {review.replaces !== null && (
            <StateWord tone="warn">{t("own.replaces", { name: review.replaces })}</StateWord>
          )}
          {review.warnings.map((warning) => (
            <StateWord key={warning} tone="warn">
              {warning}
            </StateWord>
          ))}
        </div>
      )}
      <Sentences title={t("own.does")} sentences={review.sentences} />
      <Sentences title={t("own.leftOut")} sentences={leftOut} />
      {review.permissions.length > 0 && (
        <div>
          <h3 className={styles.part} id={id}>
            {t("own.permissions")}
          </h3>
          <p className={styles.line}>{t("own.permissionsHint")}</p>
          <OptionalPermissions
            permissions={review.permissions}
            on={props.on}
            labelledBy={id}
            onChange={props.onSwitch}
          />
        </div>
      )}
      <Fold words={t("own.asFile")}>
        <CodeBlock text={review.text} label={t("own.asFile")} />
      </Fold>
    </Panel>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  const styles = useStyles();
  if (sentences.length === 0) return null;
  return (
    <div>
      <h3 className={styles.part}>{title}</h3>
      <ul className={styles.list}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
