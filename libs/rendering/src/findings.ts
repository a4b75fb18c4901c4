import type { LogoNeed } from './master.js';
import type { RenderedComponent } from './rendered-components.js';
import type { SlotFormat, SlotOption } from './slot.js';

/** Data that the components collect during a compilation. */
export interface Findings {
  /** What MJML's own components wrote; empty for a page. */
  readonly rendered: RenderedComponent[];
  readonly slots: RawSlot[];
  readonly logos: LogoNeed[];
  /**
   * The component's message, with its tag and its line in the expanded source.
   */
  readonly problems: {
    readonly code: string;
    readonly line: number;
    readonly tag: string;
    readonly message: string;
    readonly remedy: string;
  }[];
}

export interface RawSlot {
  readonly name: string;
  readonly label: string;
  readonly help: string | null;
  readonly format: SlotFormat;
  readonly links: 'none' | 'partner';
  readonly maxChars: number;
  readonly maxLines: number;
  readonly required: boolean;
  /** Of a picture, as written. */
  readonly picture?: {
    readonly ratio: string | null;
    readonly minWidth: number;
    readonly suggested: string | null;
  };
  /** Of a choice. */
  readonly options?: readonly SlotOption[];
  /** Inner HTML, possibly with tokens. */
  readonly content: string;
}

export const SLOT_NAME = /^[a-z][a-z0-9-]{0,39}$/;
