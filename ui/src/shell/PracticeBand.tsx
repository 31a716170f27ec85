import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../backend/queries";
import type { PracticeView } from "../contract/types";
import { t } from "../words";

const STRIPE = "#fff2a8";
const STRIPE_BETWEEN = "#ffe45c";

const useStyles = makeStyles({
  root: {
    display: "flex",
    alignItems: "center",
    flexShrink: 0,
    flexWrap: "wrap",
    gap: "0 12px",
    padding: "4px 16px",
    minHeight: "32px",
    boxSizing: "border-box",
    color: "#201f00",
    backgroundImage: `repeating-linear-gradient(-45deg, ${STRIPE} 0 12px, ${STRIPE_BETWEEN} 12px 24px)`,
    borderBottom: "2px solid #201f00",
    "@media (forced-colors: active)": { backgroundImage: "none", borderBottomStyle: "double" },
  },
  word: {
    fontWeight: tokens.fontWeightBold,
    textTransform: "uppercase",
    letterSpacing: "0.08em",
    fontSize: tokens.fontSizeBase200,
    padding: "0 8px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: "#201f00",
    color: "#fff7c2",
    lineHeight: "24px",
  },
  sentence: { fontSize: tokens.fontSizeBase200, minWidth: 0, flexGrow: 1, flexBasis: "10ch" },
  where: { "@media (max-width: 639px)": { display: "none" } },
  leave: { color: "#201f00", textDecorationLine: "underline", minWidth: "max-content" },
});

/** Says on every screen that nothing here is real: in words, in stripes, and above everything else. */
export function PracticeBand({ practice }: { practice: PracticeView | null }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const leave = useCommand("space_leave", () => void navigate({ to: "/welcome" }));
  const organisation = practice?.organisation ?? t("shell.practiceOrganisation");
  return (
    <aside className={styles.root} aria-label={t("shell.practice")}>
      <span className={styles.word}>{t("shell.practice")}</span>
      <span className={styles.sentence}>
        <span className={styles.where}>{t("shell.practiceSentence", { organisation })} </span>
        {t("shell.practiceNothingReal")}
      </span>
      <Button
        className={styles.leave}
        appearance="transparent"
        size="small"
        disabled={leave.isPending}
        onClick={() => leave.mutate(null)}
      >
        {t("shell.leavePractice")}
      </Button>
    </aside>
  );
}
