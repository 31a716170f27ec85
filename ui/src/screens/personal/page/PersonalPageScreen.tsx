import { useAnswer } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Waiting } from "../../../components/Waiting";
import { t } from "../../../words";
import { askAdminFor } from "../../signIn/messages";
import { WaitForBrowser } from "../../signIn/WaitForBrowser";
import { useConnect } from "../connect/useConnect";
import { sameAgain } from "../states";
import { PersonalPage } from "./PersonalPage";

/** One connection of the own account. */
export function PersonalPageScreen({ id }: { id: string }) {
  const connection = useAnswer("personal_connection", id);
  const { attempt, asked, start, cancel } = useConnect();
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
  const { data } = connection;
  if (attempt.kind !== "none")
    return <WaitForBrowser attempt={attempt} name={data.name} admin={askAdminFor(asked)} onCancel={cancel} />;
  return (
    <PersonalPage connection={data} failure={attempt.error} onReconnect={() => start(sameAgain(data))} />
  );
}
