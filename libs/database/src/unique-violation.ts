/** Whether PostgreSQL refused a row because of a unique index (23505). */
export const isUniqueViolation = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';

/**
 * A write for which the unique index decides, also between concurrent requests.
 * @param refusal the error instead of a unique violation, with its cause.
 */
export async function unlessTaken<T>(write: () => Promise<T>, refusal: (cause: unknown) => Error): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw isUniqueViolation(cause) ? refusal(cause) : cause;
  }
}
