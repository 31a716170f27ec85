/** Words of connection. */
export const connection = {} as const;
