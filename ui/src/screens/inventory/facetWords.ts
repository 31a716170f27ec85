import type { CredentialKind, FacetValue } from "../../contract/types";
import { t, type WordKey } from "../../words";

/** What a value of a facet is called. */
export function facetWord({ facet, value }: FacetValue): string {
  switch (facet) {
    case "ends":
      return t(`ends.${value}` as WordKey);
    case "kind":
      return t(`kind.${value}` as WordKey);
    case "credential":
      return t(`credential.${value}` as WordKey);
    case "audience":
      return t(`audience.${value}` as WordKey);
    case "health":
      return t(`health.${value}` as WordKey);
    case "setUpBy":
      return t(`setUpBy.${value}` as WordKey);
  }
}

/** The same inside a sentence: "secret “prod-1”". */
export function credentialInSentence(which: { kind: CredentialKind; name: string }): string {
  const name = credentialName(which);
  return name.charAt(0).toLocaleLowerCase() + name.slice(1);
}

/** "Secret “prod-1”", or "Secret" when it has no name. */
export function credentialName({ kind, name }: { kind: CredentialKind; name: string }): string {
  const word = t(`credential.${kind}`);
  return name === "" ? word : t("credential.named", { kind: word, name });
}
