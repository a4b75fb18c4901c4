import type { ContactImport } from '#contracts';

/** Whether the import has ended. */
export const isFinished = (status: ContactImport['status']): boolean => status !== 'queued' && status !== 'running';
