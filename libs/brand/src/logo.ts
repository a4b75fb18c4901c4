import type { LogoId, PartnerId } from '#kernel';
import type { Hex } from './contrast.js';

/**
 * A logo variant, named by its background; `mono` has one colour, for faxes and
 * stamps.
 */
export type LogoVariant = 'light' | 'dark' | 'mono';
/** The surface of a logo: a variant's own, or the partner's primary colour. */
export type LogoSurface = LogoVariant | 'brand';

/** A surface for which a partner may choose or upload a variant. */
export type OwnSurface = 'light' | 'dark';
/**
 * Where a variant comes from: the upload as it is, parts of it recoloured by the
 * product, or a file of its own.
 */
export type VariantSource = 'original' | 'generated' | 'uploaded';

/** Where the variant for a surface comes from. */
export function sourceOf({ variants, generated }: LogoReading, surface: OwnSurface): VariantSource {
  const used = variants[surface];
  if (used === generated.original) return 'original';
  return used === generated[surface] ? 'generated' : 'uploaded';
}

/** A warning about an uploaded logo; it may still be used. */
interface LogoProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
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
  /** Blob of the uploaded file. */
  readonly originalHash: string;
  /** Blob of each variant (PNG). */
  readonly variants: Readonly<Record<LogoVariant, string>>;
  /**
   * Blob of the upload as it is, and of what was made of it for each surface;
   * the same blob where nothing had to be changed.
   */
  readonly generated: Readonly<Record<'original' | OwnSurface, string>>;
  readonly problems: readonly LogoProblem[];
}

/**
 * A partner's logo.
 * An upload makes a new one, so that sent mail keeps the old.
 */
export interface Logo extends LogoReading {
  readonly id: LogoId;
  readonly partnerId: PartnerId;
  readonly createdAt: Date;
}

const aboutGenerated = (surface: OwnSurface): string => `logo-faint-on-${surface}`;
const aboutSurface = (surface: OwnSurface): readonly string[] => [aboutGenerated(surface), `logo-weak-on-${surface}`];

/**
 * The warnings that are true of the variants in use: none about a surface that
 * has a file of its own, none about a recoloured variant that is not used.
 */
export function problemsInUse(logo: LogoReading): readonly LogoProblem[] {
  const settled = (['light', 'dark'] as const).flatMap((surface) => {
    const source = sourceOf(logo, surface);
    if (source === 'uploaded') return aboutSurface(surface);
    return source === 'original' ? [aboutGenerated(surface)] : [];
  });
  return logo.problems.filter(({ code }) => !settled.includes(code));
}
