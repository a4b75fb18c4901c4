import type { LogoId, PartnerId } from '#kernel';
import type { Hex } from './contrast.js';

/** A variant of a logo, named by the surface that it stands out on; `mono` is one-coloured, for faxes and stamps. */
export type LogoVariant = 'light' | 'dark' | 'mono';
/** Where a logo is put: a variant's own surface, or the partner's primary colour. */
export type LogoSurface = LogoVariant | 'brand';

/** Something about an uploaded logo that its owner should know; nothing that keeps it from being used. */
interface LogoProblem {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
  /** What the sentence names, for a sentence in another language. */
  readonly named?: Readonly<Record<string, string | number>> | undefined;
}

/** What was read from an uploaded picture. */
export interface LogoReading {
  readonly mediaType: string;
  /** In pixels; of an SVG, as it was rasterised. */
  readonly width: number;
  readonly height: number;
  /** Its colours, the most frequent first, without white, black and greys. */
  readonly palette: readonly Hex[];
  /** Blob of each variant (PNG). */
  readonly variants: Readonly<Record<LogoVariant, string>>;
  readonly problems: readonly LogoProblem[];
}

/** A partner's logo; a new upload is a new one, so that what was sent keeps the old. */
export interface Logo extends LogoReading {
  readonly id: LogoId;
  readonly partnerId: PartnerId;
  readonly originalHash: string;
  readonly createdAt: Date;
}
