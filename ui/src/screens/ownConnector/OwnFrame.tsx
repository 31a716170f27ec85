import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import type { ConnectorReview } from "../../contract/types";
import { t } from "../../words";
import { Review } from "./Review";
import { useTakeIn } from "./useTakeIn";

/** The frame of every way to an own connector: first what brings it, then the review, then the one button that takes it in. */
export function OwnFrame(props: {
  title: string;
  sentence: string;
  /** None until there is something to review. */
  review: ConnectorReview | undefined;
  leftOut?: string[];
  /** The button before there is a review. */
  primary?: ReactNode;
  /** Back to what brings it. */
  onAgain: () => void;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const takeIn = useTakeIn();
  const { review } = props;
  const ready = review?.canImport === true;
  return (
    <Screen
      title={props.title}
      sentence={ready ? t("own.readThrough") : props.sentence}
      back={
        ready ? (
          <Button
            onClick={() => {
              takeIn.forget();
              props.onAgain();
            }}
          >
            {t("common.back")}
          </Button>
        ) : (
          <Button onClick={() => void navigate({ to: "/connectors" })}>{t("connectors.back")}</Button>
        )
      }
      primary={
        ready ? (
          <Button appearance="primary" disabledFocusable={takeIn.busy} onClick={() => takeIn.take(review)}>
            {t(review.replaces === null ? "own.take" : "own.takeInstead")}
          </Button>
        ) : (
          props.primary
        )
      }
    >
      {takeIn.error && (
        <ErrorNote
          error={takeIn.error}
          actions={{ tryAgain: () => review !== undefined && takeIn.take(review) }}
        />
      )}
      {!ready && props.children}
      {review && (
        <Review
          review={review}
          {...(props.leftOut ? { leftOut: props.leftOut } : {})}
          on={takeIn.onOf(review)}
          onSwitch={takeIn.set}
        />
      )}
    </Screen>
  );
}
