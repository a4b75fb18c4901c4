import type { TemplateType } from '#contracts';
import type { Locale } from '#kernel';
import type { ColourPair } from './readability.js';
import type { SlotRule } from './slot.js';

/** The type of a hole's value. Each type has its own check and encoding. */
export type HoleType = 'text' | 'slot' | 'colour' | 'image' | 'url' | 'tracked' | 'form' | 'phone' | 'email';

/** When a hole is filled: once per activation, or for every recipient. */
export type HoleStage = 'brand' | 'recipient';

/**
 * A typed position in a master. The same path with the same fallback is the
 * same hole, with one value everywhere.
 */
export interface Hole {
  readonly path: string;
  readonly type: HoleType;
  readonly stage: HoleStage;
  /** Characters at most, for text. */
  readonly maxChars: number;
  /**
   * Shown if a recipient's value is missing or not acceptable; null if a value
   * is required.
   */
  readonly fallback: string | null;
}

/** Recipient fields that conditions may test. */
export const WHEN_FIELDS = ['industry', 'persona', 'stage', 'segment', 'country'] as const;
export type WhenField = (typeof WHEN_FIELDS)[number];
/** A partner's value that decides a part: a choice, the address of a button, or a detail that it may lack. */
type PartnerField = `slot.${string}` | `partner.${string}`;
/** Every named field must have one of its values. */
export type Condition = Partial<Record<WhenField, readonly string[]>> &
  Readonly<Record<PartnerField, readonly string[]>>;
/** Whether the partner decides it, once per activation, and not the recipient. */
export const isOfPartner = (condition: Condition): boolean =>
  Object.keys(condition).some((field) => field.startsWith('slot.') || isDetail(field));
/** Whether it follows from a detail of the partner, and not from a choice. */
export const isOfDetail = (condition: Condition): boolean => Object.keys(condition).some(isDetail);
const isDetail = (field: string): boolean => field.startsWith('partner.');

/** Where a value goes: a hole by its number in `Master.holes`. */
export interface HoleNode {
  readonly hole: number;
}
export interface WhenNode {
  readonly when: Condition;
  readonly body: Program;
  readonly otherwise: Program;
}
export interface LockNode {
  readonly lock: string;
  readonly body: Program;
}
/**
 * A segment program: fixed bytes, holes and blocks. Rendering it is
 * concatenation.
 */
export type Program = readonly (string | HoleNode | WhenNode | LockNode)[];

export interface Lock {
  readonly name: string;
  /** SHA-256 over the block's canonical program. */
  readonly hash: string;
}

export interface LogoNeed {
  readonly surface: 'light' | 'dark' | 'brand';
  readonly width: number;
  readonly height: number;
  /** Alignment of a logo in its box. Missing in older masters: then left. */
  readonly align?: 'left' | 'center' | 'right';
}

/**
 * A master's name for a required logo: `light.w180h60`, `dark.w180h60.right`.
 */
export const logoName = ({ surface, width, height, align = 'left' }: LogoNeed): string =>
  `${surface}.w${width}h${height}${align === 'left' ? '' : `.${align}`}`;

/**
 * A compiled template in one locale: the content that the vendor approves.
 * Plain JSON.
 */
export interface Master {
  readonly kind: TemplateType;
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  readonly holes: readonly Hole[];
  readonly html: Program;
  /** The plain-text part, from the same holes; empty for a page. */
  readonly text: Program;
  /** Subject line, or a page's title. */
  readonly subject: Program;
  readonly preheader: Program;
  readonly slots: readonly SlotRule[];
  readonly locks: readonly Lock[];
  readonly links: readonly string[];
  /** Colour pairs with a brand colour. Missing in older masters. */
  readonly colourPairs?: readonly ColourPair[];
  readonly needs: { readonly images: readonly string[]; readonly logos: readonly LogoNeed[] };
  /** Bytes of HTML if every value has its maximum length. */
  readonly worstCaseBytes: number;
  /** SHA-256 of all properties above that reach a recipient. */
  readonly root: string;
}

export const isHole = (node: Program[number]): node is HoleNode => typeof node !== 'string' && 'hole' in node;
export const isWhen = (node: Program[number]): node is WhenNode => typeof node !== 'string' && 'when' in node;
export const isLock = (node: Program[number]): node is LockNode => typeof node !== 'string' && 'lock' in node;
