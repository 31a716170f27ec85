import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useAnswer, useCommand } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Section } from "../../../components/Section";
import { Waiting } from "../../../components/Waiting";
import { t } from "../../../words";
import { Proofs } from "../Proofs";
import { placed } from "../places";
import { Who } from "../Who";

/** Back from Microsoft: what now works, proved. */
export function DoneScreen({ id }: { id: string }) {
  const navigate = useNavigate();
  const connection = useAnswer("personal_connection", id);
  const check = useCommand("personal_check");
  if (connection.data === undefined) {
    return (
      <Screen title={t("personal.title")}>
        {connection.error ? (
          <ErrorNote error={connection.error} actions={{ tryAgain: () => void connection.refetch() }} />
        ) : (
          <Waiting words={t("personalPage.opening")} />
        )}
      </Screen>
    );
  }
  return (
    <Screen
      title={t("personalDone.title", { product: connection.data.product })}
      sentence={t("personalDone.sentence")}
      primary={
        <Button appearance="primary" onClick={() => void navigate(placed("connection", id))}>
          {t("personalDone.open")}
        </Button>
      }
    >
      <Who connection={connection.data} />
      {check.isPending && <Waiting words={t("personalPage.checking")} />}
      {check.error && <ErrorNote error={check.error} actions={{ tryAgain: () => check.mutate(id) }} />}
      <Section title={t("personalPage.proofs")}>
        <Proofs connection={connection.data} onRetry={() => check.mutate(id)} />
      </Section>
    </Screen>
  );
}
