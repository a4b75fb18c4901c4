/**
 * For `catch`: another value if the file does not exist. Other processes may
 * delete a file at the same time.
 */
export const unlessMissing =
  <Otherwise>(otherwise: Otherwise) =>
  (error: unknown): Otherwise => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  };
