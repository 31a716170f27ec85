import { Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { SearchField } from "../../components/SearchField";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { useSettled } from "../wizard/answers/useSettled";
import { AppList } from "./AppList";
import { inOrder, type Order } from "./order";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  count: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Search among all apps of the organisation. */
export function FindApp({ chosen, onChoose }: { chosen: string; onChoose: (appId: string) => void }) {
  const styles = useStyles();
  const [text, setText] = useState("");
  const [order, setOrder] = useState<Order>("name");
  const wanted = useSettled(text.trim(), 250);
  const apps = useAnswer("registrations_search", wanted, { keepPrevious: true });
  return (
    <div className={styles.root}>
      <Field label={t("permissions.search")}>
        <SearchField text={text} onText={setText} />
      </Field>
      <Field label={t("permissions.order")}>
        <Select value={order} onChange={(_, { value }) => setOrder(value as Order)}>
          <option value="name">{t("permissions.orderName")}</option>
          <option value="end">{t("permissions.orderEnd")}</option>
        </Select>
      </Field>
      {apps.isPending && <Waiting words={t("permissions.looking")} />}
      {apps.error && <ErrorNote error={apps.error} actions={{ tryAgain: () => void apps.refetch() }} />}
      {apps.data?.length === 0 &&
        (wanted === "" ? (
          <EmptyState title={t("permissions.emptyTitle")} sentence={t("permissions.emptySentence")} />
        ) : (
          <EmptyState
            title={t("permissions.noneTitle", { text: wanted })}
            sentence={t("permissions.noneSentence")}
          />
        ))}
      {apps.data !== undefined && apps.data.length > 0 && (
        <>
          <p className={styles.count} role="status">
            {t("permissions.count", { count: apps.data.length })}
          </p>
          <AppList apps={inOrder(apps.data, order)} chosen={chosen} onChoose={onChoose} />
        </>
      )}
    </div>
  );
}
