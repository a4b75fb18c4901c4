/** Runs killing-worker.ts from sources. Arguments: addresses of PostgreSQL and Redis. */
import '../support/typescript.mjs';

const { startKillingWorker } = await import('./killing-worker.ts');
await startKillingWorker(process.argv[2], process.argv[3]);
