let numbers = 0;

/** Another number at each call, for names and addresses. */
export const unique = (): number => numbers++;
