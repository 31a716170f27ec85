import { makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { ConfirmDialog, NoticeDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import type { AccountView } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  heading: { margin: "12px 0 4px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: "20px" },
});

/** Signs an account out, and says what that did and what it could not do. */
export function SignOut({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const signOut = useCommand("sign_out");
  const close = () => {
    signOut.reset();
    onClose();
  };
  if (signOut.data) {
    return (
      <NoticeDialog title={t("account.signedOutTitle", { name: account.name })} onClose={close}>
        <Sentences title={t("account.removed")} sentences={signOut.data.removed} />
        <Sentences title={t("account.remains")} sentences={signOut.data.remains} />
      </NoticeDialog>
    );
  }
  return (
    <ConfirmDialog
      title={t("account.signOutTitle", { name: account.name })}
      confirm={t("account.signOut")}
      busy={signOut.isPending}
      onConfirm={() => signOut.mutate(account.id)}
      onCancel={close}
    >
      {signOut.error ? <ErrorNote error={signOut.error} /> : t("account.signOutSentence")}
    </ConfirmDialog>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  const styles = useStyles();
  if (sentences.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.list}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
