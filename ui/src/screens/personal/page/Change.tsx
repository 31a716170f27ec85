import { Button, Field, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { keyOf, useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { ErrorNote } from "../../../components/ErrorNote";
import { OutsideIcon } from "../../../components/icons";
import { Screen } from "../../../components/Screen";
import type { AppError, PersonalConnection, PersonalFeature, PersonalRequest } from "../../../contract/types";
import { t } from "../../../words";
import { together } from "../connect/answers";
import { FeatureBoxes } from "../connect/FeatureBoxes";
import { Preview } from "../connect/Preview";
import { placed } from "../places";
import { sameAgain } from "../states";

const useStyles = makeStyles({
  question: { margin: 0, fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold },
  heading: { margin: "0 0 4px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  line: { margin: "4px 0 0", color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingInlineStart: "20px" },
});

/** The same boxes as when it was connected. What is new goes to Microsoft; what goes is stopped here, and its rest is shown. */
export function Change(props: {
  /** The browser is open; only the answers are kept. */
  hidden: boolean;
  connection: PersonalConnection;
  /** What an invitation asks for besides. */
  invited: PersonalFeature[];
  failure: AppError | null;
  onStart: (request: PersonalRequest) => void;
  onAgain: () => void;
}) {
  const styles = useStyles();
  const navigate = useNavigate();
  const client = useQueryClient();
  const question = useId();
  const { connection } = props;
  const [features, setFeatures] = useState(() => together(connection.features, props.invited));
  const [issue, setIssue] = useState<string | null>(null);
  const drop = useCommand("personal_drop", (after) => {
    client.setQueryData(keyOf("personal_connection", after.id), after);
    announce(t("personalPage.changed"));
    void navigate(placed("connection", after.id));
  });
  if (props.hidden) return null;
  const added = features.filter((each) => !connection.features.includes(each));
  const dropped = connection.features.filter((each) => !features.includes(each));
  const request = sameAgain(connection, features);
  const save = () => {
    if (features.length === 0) return setIssue(t("personalChange.none"));
    if (added.length === 0 && dropped.length === 0) return setIssue(t("personalChange.nothing"));
    if (added.length > 0) return props.onStart(request);
    drop.mutate({ connectionId: connection.id, features: dropped });
  };
  return (
    <Screen
      title={t("personalChange.title", { product: connection.product })}
      sentence={t("personalChange.sentence")}
      back={
        <Button onClick={() => void navigate(placed("connection", connection.id))}>{t("common.back")}</Button>
      }
      primary={
        <Button
          appearance="primary"
          disabledFocusable={drop.isPending}
          onClick={save}
          {...(added.length > 0 ? { icon: <OutsideIcon />, iconPosition: "after" as const } : {})}
        >
          {t(
            added.length === 0
              ? "personalChange.save"
              : GO[connection.cloud === "practice" ? "practice" : "real"],
          )}
        </Button>
      }
    >
      {props.failure && (
        <ErrorNote
          error={props.failure}
          actions={{ tryAgain: props.onAgain, signIn: props.onAgain, chooseAccount: props.onAgain }}
        />
      )}
      {drop.error && <ErrorNote error={drop.error} actions={{ tryAgain: save }} />}
      <h2 className={styles.question} id={question}>
        {t("connect.features")}
      </h2>
      <Field validationState={issue === null ? "none" : "error"} validationMessage={issue}>
        <FeatureBoxes
          features={features}
          labelledBy={question}
          onChange={(changed) => {
            setIssue(null);
            setFeatures(changed);
          }}
        />
      </Field>
      {added.length > 0 && <Preview request={request} />}
      {dropped.length > 0 && (
        <div>
          <h3 className={styles.heading}>{t("personalChange.dropped")}</h3>
          <ul className={styles.list}>
            {dropped.map((feature) => (
              <li key={feature}>{t(`personalFeature.${feature}`)}</li>
            ))}
          </ul>
          <p className={styles.line}>{t("personalChange.droppedSentence")}</p>
        </div>
      )}
    </Screen>
  );
}

const GO = { practice: "connect.goPractice", real: "connect.go" } as const;
