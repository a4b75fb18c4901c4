import type { SourceFile } from 'typescript';

interface Source {
  readonly path: string;
  readonly tree: SourceFile;
}

export interface CrossSchemaRead {
  readonly reader: string;
  readonly table: string;
  readonly path: string;
}

export declare function crossSchemaReads(root: string, sources: readonly Source[]): CrossSchemaRead[];
