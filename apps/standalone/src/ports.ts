import { createServer } from 'node:net';

/**
 * @throws Error naming the port, its purpose, and the flag that chooses
 *   another.
 */
export async function checkPortFree(port: number, host: string, purpose: string, flag: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${cause.code ?? cause.message})`;
      reject(
        new Error(`Port ${port} for ${purpose} ${why}. Choose another: npm start -- ${flag} ${port + 1}`, { cause }),
      );
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve();
      });
    });
  });
}
