import { makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { FindApp } from "../permissions/FindApp";
import { OwnFrame } from "./OwnFrame";

const useStyles = makeStyles({ find: { maxWidth: "560px" } });

/** A connector made from an app that exists: all but its secrets. */
export function FromAppScreen() {
  const styles = useStyles();
  const [appId, setAppId] = useState("");
  const review = useCommand("connector_review");
  const read = useCommand("connector_from_registration", ({ text, fileName }) =>
    review.mutate({ fileName, text }),
  );
  const choose = (chosen: string) => {
    setAppId(chosen);
    review.reset();
    read.mutate({ appId: chosen });
  };
  const failure = read.error ?? review.error;
  return (
    <OwnFrame
      title={t("own.appTitle")}
      sentence={t("own.appSentence")}
      review={review.data}
      leftOut={read.data?.leftOut ?? []}
      onAgain={() => {
        setAppId("");
        review.reset();
        read.reset();
      }}
    >
      {(read.isPending || review.isPending) && <Waiting words={t("own.readingApp")} />}
      {failure && <ErrorNote error={failure} actions={{ tryAgain: () => choose(appId) }} />}
      <div className={styles.find}>
        <FindApp chosen={appId} onChoose={choose} />
      </div>
    </OwnFrame>
  );
}
