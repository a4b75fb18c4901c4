import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { BlobStore } from './blob-store.service.js';
import { ExportFiles } from './export-files.service.js';
import { TemporaryFiles } from './temporary-files.service.js';

@Global()
@Module({})
export class StorageModule {
  static forRoot({ folder }: { folder: string }): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        { provide: BlobStore, useFactory: () => new BlobStore(folder) },
        { provide: ExportFiles, useFactory: () => new ExportFiles(join(folder, 'exports')) },
        { provide: TemporaryFiles, useFactory: () => new TemporaryFiles(join(folder, 'temporary')) },
      ],
      exports: [BlobStore, ExportFiles, TemporaryFiles],
    };
  }
}
