import { CIRRUS, TOTALVIEW } from "./catalogue";
import { EVERY_KIND } from "./everyKind";

/** The connectors of the imitation. */
export const CONNECTORS = [TOTALVIEW, CIRRUS, EVERY_KIND];
