import { makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { type ActionHandlers, ErrorNote } from "../../components/ErrorNote";
import { FailedIcon, UnknownIcon, WaitingIcon, YesIcon } from "../../components/icons";
import { PanelList, PanelRow } from "../../components/Panel";
import type { ProofResult, ProofView } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr)",
    columnGap: "12px",
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: "anywhere",
  },
  icon: { display: "flex", height: "20px", alignItems: "center", color: tokens.colorNeutralForeground3 },
  proved: { color: tokens.colorStatusSuccessForeground1 },
  refused: { color: tokens.colorStatusDangerForeground1 },
  unknown: { color: tokens.colorStatusWarningForeground1 },
  word: { fontWeight: tokens.fontWeightSemibold },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  error: { marginTop: "8px" },
});

/** What was tried with the real secret, and how each went. */
export function ProofList({ proofs, actions }: { proofs: ProofView[]; actions: ActionHandlers }) {
  return (
    <PanelList label={t("run.proofs")}>
      {proofs.map((proof) => (
        <PanelRow key={proof.id}>
          <Proof proof={proof} actions={actions} />
        </PanelRow>
      ))}
    </PanelList>
  );
}

const WORDS = {
  waiting: "run.proofWaiting",
  active: "run.proofActive",
  proved: "run.proofProved",
  refused: "run.proofRefused",
  unknown: "run.proofUnknown",
} as const;

function Proof({ proof, actions }: { proof: ProofView; actions: ActionHandlers }) {
  const styles = useStyles();
  const { result } = proof;
  const tone = result.kind === "waiting" || result.kind === "active" ? undefined : styles[result.kind];
  return (
    <div className={styles.root}>
      <span className={mergeClasses(styles.icon, tone)}>
        <Mark kind={result.kind} />
      </span>
      <div>
        <span className={styles.word}>{t(WORDS[result.kind])}: </span>
        {proof.sentence}
        {proof.seen !== null && <p className={styles.note}>{proof.seen}</p>}
        {result.kind === "unknown" && <p className={styles.note}>{result.why}</p>}
        {result.kind === "refused" && (
          <div className={styles.error}>
            <ErrorNote error={result.error} actions={actions} />
          </div>
        )}
      </div>
    </div>
  );
}

function Mark({ kind }: { kind: ProofResult["kind"] }) {
  if (kind === "active") return <Spinner size="extra-tiny" aria-hidden="true" />;
  const Icon = { waiting: WaitingIcon, proved: YesIcon, refused: FailedIcon, unknown: UnknownIcon }[kind];
  return <Icon aria-hidden="true" />;
}
