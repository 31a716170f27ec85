import { makeStyles } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { EmptyState } from "../../components/EmptyState";
import { Screen } from "../../components/Screen";
import { t } from "../../words";
import { FindApp } from "./FindApp";
import { Report } from "./Report";

const SIDE_BY_SIDE = "@media (min-width: 1000px)";

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr)",
    gap: "24px 32px",
    alignItems: "start",
    [SIDE_BY_SIDE]: { gridTemplateColumns: "minmax(280px, 360px) minmax(0, 1fr)" },
  },
  hiddenWhenNarrow: { display: "none", [SIDE_BY_SIDE]: { display: "block" } },
  list: { minWidth: 0 },
});

/** Apps and secrets: find any app, see what it may do. The chosen one stands in the address, as its client id. */
export function PermissionsScreen() {
  const styles = useStyles();
  const navigate = useNavigate();
  const appId = useRouterState({ select: (state) => state.location.hash });
  const choose = (chosen: string) =>
    void navigate({ to: "/permissions", hash: chosen, resetScroll: false, hashScrollIntoView: false });
  const chosen = appId !== "";
  return (
    <Screen wide title={t("permissions.title")} sentence={t("permissions.sentence")}>
      <div className={styles.columns}>
        <div className={chosen ? styles.hiddenWhenNarrow : styles.list}>
          <FindApp chosen={appId} onChoose={choose} />
        </div>
        {chosen ? (
          <Report key={appId} appId={appId} onBack={() => choose("")} />
        ) : (
          <div className={styles.hiddenWhenNarrow}>
            <EmptyState title={t("permissions.pickTitle")} sentence={t("permissions.pickSentence")} />
          </div>
        )}
      </div>
    </Screen>
  );
}
