import type { ContactImport } from '#contracts';

/** Whether nothing more comes of an import. */
export const isFinished = (status: ContactImport['status']): boolean => status !== 'queued' && status !== 'running';
