import { Button } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { keyOf, useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Section } from "../../../components/Section";
import type { AppError, PersonalConnection } from "../../../contract/types";
import { t } from "../../../words";
import { Proofs } from "../Proofs";
import { placed } from "../places";
import { Disconnect } from "./Disconnect";
import { HandOver } from "./HandOver";
import { Leftovers } from "./Leftovers";
import { NextStep } from "./NextStep";
import { PersonalFacts } from "./PersonalFacts";
import { PersonalPermissions } from "./PersonalPermissions";
import { State } from "./State";

/** How a connection stands, what it may do, how long it lasts, and everything that can be done about it. */
export function PersonalPage(props: {
  connection: PersonalConnection;
  /** Why signing in again did not work. */
  failure: AppError | null;
  onReconnect: () => void;
}) {
  const { connection, onReconnect } = props;
  const { id } = connection;
  const navigate = useNavigate();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const check = useCommand("personal_check", (after) => {
    client.setQueryData(keyOf("personal_connection", after.id), after);
    announce(
      t(after.state.kind === "works" ? "personalPage.checkedSaid" : `personalState.${after.state.kind}`),
    );
  });
  const look = () => check.mutate(id);
  const change = () => void navigate(placed("change", id));
  return (
    <Screen
      title={connection.product}
      sentence={t("personalPage.sentence")}
      back={<Button onClick={() => void navigate({ to: "/account" })}>{t("personal.title")}</Button>}
      secondary={
        <>
          <Button onClick={() => setLeaving(true)}>{t("personalPage.disconnect")}</Button>
          {connection.state.kind !== "works" && <Button onClick={change}>{t("personalPage.change")}</Button>}
        </>
      }
      primary={
        <NextStep
          connection={connection}
          checking={check.isPending}
          onCheck={look}
          onReconnect={onReconnect}
          onChange={change}
        />
      }
    >
      {props.failure && (
        <ErrorNote
          error={props.failure}
          actions={{ tryAgain: onReconnect, signIn: onReconnect, chooseAccount: onReconnect }}
        />
      )}
      <State
        connection={connection}
        checking={check.isPending}
        failed={props.failure !== null}
        onCheck={look}
      />
      {check.error && <ErrorNote error={check.error} actions={{ tryAgain: look, signIn: onReconnect }} />}
      {(connection.proofs.length > 0 || connection.state.kind !== "reconnect") && (
        <Section
          title={t(connection.state.kind === "works" ? "personalPage.proofs" : "personalPage.proofsBefore")}
        >
          {connection.proofs.length > 0 ? (
            <Proofs connection={connection} onRetry={look} />
          ) : (
            <span>{t("personalPage.proofsNone")}</span>
          )}
        </Section>
      )}
      <PersonalPermissions connection={connection} />
      <Leftovers
        title={t("personalPage.leftovers")}
        sentence={t("personalPage.leftoversSentence")}
        leftovers={connection.leftovers}
      />
      <PersonalFacts connection={connection} />
      <HandOver connection={connection} />
      {leaving && <Disconnect connection={connection} onClose={() => setLeaving(false)} />}
    </Screen>
  );
}
