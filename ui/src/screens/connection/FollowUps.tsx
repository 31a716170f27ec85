import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Fold } from "../../components/Fold";
import { OutsideLink } from "../../components/OutsideLink";
import { PanelList, PanelRow } from "../../components/Panel";
import { ScriptBox } from "../../components/ScriptBox";
import type { ConnectionView, FollowUpState } from "../../contract/types";
import { t } from "../../words";
import { rememberConnection } from "./rememberConnection";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  line: { margin: 0 },
  place: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What a person does in the vendor's product, each with a tick that is kept. */
export function FollowUps({ connection, states }: { connection: ConnectionView; states: FollowUpState[] }) {
  const styles = useStyles();
  const tick = useCommand("follow_up_tick", rememberConnection);
  return (
    <>
      {tick.error && <ErrorNote error={tick.error} />}
      <PanelList label={t("connection.followUps")}>
        {states.map(({ followUp, done, script }) => (
          <PanelRow key={followUp.id}>
            <div className={styles.words}>
              <p className={styles.line}>{followUp.sentence}</p>
              {followUp.place.length > 0 && (
                <p className={styles.place}>{t("connection.place", { place: followUp.place.join(" › ") })}</p>
              )}
              {script !== null && (
                <Fold words={script.title}>
                  <ScriptBox script={script} />
                </Fold>
              )}
              <Checkbox
                checked={done}
                label={followUp.tick}
                onChange={(_, { checked }) =>
                  tick.mutate({
                    connectionId: connection.summary.id,
                    followUpId: followUp.id,
                    done: checked === true,
                  })
                }
              />
            </div>
            {followUp.url !== null && (
              <OutsideLink url={followUp.url}>{t("connection.followUpPage")}</OutsideLink>
            )}
          </PanelRow>
        ))}
      </PanelList>
    </>
  );
}
