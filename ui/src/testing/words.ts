import { loadRest } from "../words";

// Tests open single parts, without the router that loads the words of a room with it.
await loadRest();
