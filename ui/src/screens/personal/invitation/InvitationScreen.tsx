import { Button } from "@fluentui/react-components";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useAnswer } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { Screen } from "../../../components/Screen";
import { Waiting } from "../../../components/Waiting";
import type { AccountSearch } from "../../../router";
import { t } from "../../../words";
import { Review } from "./Review";

/** An invitation that came by link or as a file: read in plain words before it can do anything. */
export function InvitationScreen() {
  const { text = "" }: AccountSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const review = useAnswer("invitation_open", text, { fresh: true });
  if (review.data !== undefined) return <Review review={review.data} />;
  const back = () => void navigate({ to: "/account" });
  return (
    <Screen title={t("invitation.titleUnread")} back={<Button onClick={back}>{t("personal.title")}</Button>}>
      {review.error ? (
        <>
          <ErrorNote error={review.error} actions={{ tryAgain: back, changeAnswers: back }} />
          <p>{t("invitation.fresh")}</p>
        </>
      ) : (
        <Waiting words={t("invitation.opening")} />
      )}
    </Screen>
  );
}
