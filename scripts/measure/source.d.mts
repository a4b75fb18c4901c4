import type { SourceFile } from 'typescript';

interface Text {
  readonly path: string;
  readonly text: string;
}

interface Source extends Text {
  readonly tree: SourceFile;
}

export declare function readSources(root: string): {
  readonly texts: readonly Text[];
  readonly sources: readonly Source[];
  readonly tests: readonly Source[];
};
