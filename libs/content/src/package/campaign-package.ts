import type { SourceProblem } from '#kernel';

/**
 * The files of a campaign by path, as `campaign.yaml` names them. Every path
 * has passed `pathProblem`.
 */
export interface CampaignPackage {
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Problems of a package are returned, never thrown. */
export type PackageReading =
  | { readonly ok: true; readonly pkg: CampaignPackage; readonly warnings: readonly SourceProblem[] }
  | { readonly ok: false; readonly problems: readonly SourceProblem[] };

/**
 * Limits of a package: enough for a large campaign, too little to exhaust the
 * server.
 */
export const PACKAGE_LIMITS = {
  zippedBytes: 30_000_000,
  unpackedBytes: 60_000_000,
  fileBytes: 10_000_000,
  files: 300,
  /** Deflate reaches about 1000:1. Text and drawings stay below 100:1. */
  ratio: 200,
  pathCharacters: 200,
} as const;

/** A problem of the whole package, or of one entry. */
export function packageProblem(code: string, file: string, message: string, remedy: string): SourceProblem {
  return { code, severity: 'error', file, line: null, column: null, message, remedy };
}

/** File name in problems that concern the whole package. */
export const WHOLE_PACKAGE = 'campaign.yaml';
