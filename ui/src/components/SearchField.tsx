import { Input } from "@fluentui/react-components";
import { SearchIcon } from "./icons";

/** Where one types to find something in a list. What is typed is no address and no sentence: nothing is completed or corrected. */
export function SearchField(props: {
  text: string;
  onText: (text: string) => void;
  /** What is searched, where no label of a field says it. */
  label?: string;
  /** What can be typed; the label where there is no more to say. */
  hint?: string;
  className?: string;
}) {
  const { label, hint = label } = props;
  return (
    <Input
      className={props.className}
      type="search"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      placeholder={hint}
      contentBefore={<SearchIcon aria-hidden="true" />}
      value={props.text}
      onChange={(_, { value }) => props.onText(value)}
    />
  );
}
