export { BlobStore, type BlobHash } from './blob-store.service.js';
export { PassingFiles } from './passing-files.service.js';
export { StorageModule } from './storage.module.js';
