import { useSearch } from "@tanstack/react-router";
import { useAnswer } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Waiting } from "../../../components/Waiting";
import type { AccountSearch } from "../../../router";
import { t } from "../../../words";
import { askAdminFor } from "../../signIn/messages";
import { WaitForBrowser } from "../../signIn/WaitForBrowser";
import { useConnect } from "../connect/useConnect";
import { Change } from "./Change";

/** More or fewer features for a connection. */
export function ChangeScreen({ id }: { id: string }) {
  const { invited }: AccountSearch = useSearch({ strict: false });
  const connection = useAnswer("personal_connection", id);
  const { attempt, asked, start, again, cancel } = useConnect();
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
    <>
      {attempt.kind !== "none" && (
        <WaitForBrowser
          attempt={attempt}
          name={connection.data.name}
          admin={askAdminFor(asked)}
          onCancel={cancel}
        />
      )}
      <Change
        hidden={attempt.kind !== "none"}
        connection={connection.data}
        invited={invited?.features ?? []}
        failure={attempt.kind === "none" ? attempt.error : null}
        onStart={start}
        onAgain={again}
      />
    </>
  );
}
