/** Words of wizard. */
export const wizard = {} as const;
