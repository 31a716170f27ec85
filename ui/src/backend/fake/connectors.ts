import type { ConnectorView } from "../../contract/types";
import { CIRRUS, TOTALVIEW } from "./catalogue";
import { EVERY_KIND } from "./everyKind";
import { CERTERO, CIRRUS_EXCHANGE, SENSE } from "./moreConnectors";

/** The connectors of the imitation, in the order of the gallery. */
export const CONNECTORS: ConnectorView[] = [TOTALVIEW, CIRRUS, SENSE, CERTERO, CIRRUS_EXCHANGE, EVERY_KIND];
