import type { MailboxAccessChoice, MailboxLimitView } from "../../../contract/types";
import { MailboxChoice } from "../../mailboxes/MailboxChoice";

/** Whose mailboxes a registration may reach: one decision. */
export function MailboxAccessAnswer(props: {
  limit: MailboxLimitView;
  choice: MailboxAccessChoice | undefined;
  labelledBy: string;
  onChange: (choice: MailboxAccessChoice) => void;
}) {
  const { limit } = props;
  return (
    <MailboxChoice
      choice={props.choice ?? { kind: "everyone" }}
      recommended={limit.recommended}
      groupNote={limit.groupNote}
      nestedCounts={limit.nested}
      labelledBy={props.labelledBy}
      onChange={props.onChange}
    />
  );
}
