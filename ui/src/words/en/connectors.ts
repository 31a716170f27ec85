/** Words of connectors. */
export const connectors = {} as const;
