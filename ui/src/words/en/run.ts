/** Words of run. */
export const run = {} as const;
