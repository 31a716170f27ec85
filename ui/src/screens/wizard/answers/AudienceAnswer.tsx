import { Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../../components/RadioWords";
import type { AudienceOffer, SignInAudience } from "../../../contract/types";
import { Consequences } from "./Consequences";

/** Which accounts may sign in, each with what follows from it. */
export function AudienceAnswer(props: {
  offers: AudienceOffer[];
  /** None for a value that Gatehouse does not know. */
  chosen: SignInAudience | null;
  labelledBy: string;
  onChange: (audience: SignInAudience) => void;
}) {
  return (
    <RadioGroup
      aria-labelledby={props.labelledBy}
      value={props.chosen ?? ""}
      onChange={(_, { value }) => props.onChange(value as SignInAudience)}
    >
      {props.offers.map((offer) => (
        <Radio
          key={offer.audience}
          value={offer.audience}
          label={
            <>
              <RadioWords title={offer.sentence} {...(offer.note ? { hint: offer.note } : {})} />
              {offer.audience === props.chosen && <Consequences sentences={offer.consequences} />}
            </>
          }
        />
      ))}
    </RadioGroup>
  );
}
