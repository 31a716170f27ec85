import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { Connection } from "./Connection";

/** A finished set-up: how it stands, what to hand over, what it may do, what was done. */
export function ConnectionScreen({ connectionId }: { connectionId: string }) {
  const connection = useAnswer("connection", connectionId);
  if (connection.data) return <Connection connection={connection.data} />;
  return (
    <Screen title={t("home.connections")}>
      {connection.error ? (
        <ErrorNote error={connection.error} actions={{ tryAgain: () => void connection.refetch() }} />
      ) : (
        <Waiting words={t("connection.opening")} />
      )}
    </Screen>
  );
}
