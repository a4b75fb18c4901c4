export { BlobStore, type BlobHash } from './blob-store.service.js';
export { ExportFiles } from './export-files.service.js';
export { TemporaryFiles } from './temporary-files.service.js';
export { StorageModule } from './storage.module.js';
