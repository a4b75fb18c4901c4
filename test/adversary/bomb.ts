/** Where a bomb is sent. */
export type Entrance =
  | 'logo'
  | 'package'
  | 'import-preview'
  | 'import'
  | 'opt-outs'
  | 'mail'
  | 'sign-in'
  | 'contact'
  | 'logo-form';

/**
 * A file, body or mail that is made to exhaust the program that opens it. It is
 * generated when it is sent.
 */
export interface Bomb {
  readonly entrance: Entrance;
  /** Format and layer, such as `svg: nested <use>`. */
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
}

/** One bomb of each size. */
export function sized(
  entrance: Entrance,
  name: string,
  sizes: readonly number[],
  make: (size: number) => Buffer | string | Promise<Buffer | string>,
): Bomb[] {
  return sizes.map((size) => ({
    entrance,
    name: `${name} (${size})`,
    make: async () => {
      const made = await make(size);
      return typeof made === 'string' ? Buffer.from(made) : made;
    },
  }));
}

export const SVG_NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
export const svg = (inner: string, before = ''): string =>
  `${before}<svg ${SVG_NAMES} width="300" height="80">${inner}</svg>`;
