import { textReference } from '#template-source';

/** The three sizes of a post, in pixels. */
export const POST_SIZES = {
  landscape: { width: 1200, height: 627 },
  square: { width: 1080, height: 1080 },
  story: { width: 1080, height: 1920 },
} as const;
export type PostFormat = keyof typeof POST_SIZES;
export const POST_FORMATS = Object.keys(POST_SIZES) as readonly PostFormat[];

/** Arrangements that a new post can begin with. */
export const POST_LAYOUTS = ['statement', 'photo', 'split', 'number', 'quote', 'offer'] as const;
export type PostLayout = (typeof POST_LAYOUTS)[number];

/** Colours of a new post, as `#rrggbb`. */
export interface PostColours {
  readonly primary: string;
  readonly onPrimary: string;
  readonly secondary: string;
  readonly onSecondary: string;
}

/** A box in shares of the picture: 0 to 1. */
type Share = readonly [x: number, y: number, width: number, height: number];

/** One layer of an arrangement. Font sizes are shares of the picture's shorter side. */
export type PostLayer =
  | {
      readonly kind: 'shape';
      readonly name: string;
      readonly at: Share;
      readonly fill: string;
      readonly opacity?: number;
    }
  | { readonly kind: 'picture'; readonly at: Share }
  | { readonly kind: 'logo'; readonly at: Share; readonly surface: 'light' | 'dark' }
  | {
      /** `partner`: the partner may write it. */
      readonly kind: 'copy' | 'partner';
      readonly name: PostText;
      readonly at: Share;
      readonly size: number;
      readonly color: string;
      readonly isBold?: boolean;
    };

/** Texts of a new post. */
export type PostText = 'headline' | 'line' | 'number' | 'quote' | 'source';

const WHOLE: Share = [0, 0, 1, 1];
const WHITE = '#ffffff';

type Arrangement = (format: PostFormat, colours: PostColours) => readonly PostLayer[];

/** The logo on white, where each logo can be seen. */
const logoOnPlate = ([x, y, width, height]: Share): PostLayer[] => [
  { kind: 'shape', name: 'logo-plate', at: [x, y, width, height], fill: WHITE },
  {
    kind: 'logo',
    at: [x + width * 0.06, y + height * 0.12, width * 0.88, height * 0.76],
    surface: 'light',
  },
];

const plateOf = (format: PostFormat): Share =>
  format === 'landscape'
    ? [0.05, 0.08, 0.3, 0.2]
    : format === 'square'
      ? [0.06, 0.06, 0.4, 0.14]
      : [0.06, 0.09, 0.5, 0.08];

const ARRANGEMENTS: Readonly<Record<PostLayout, Arrangement>> = {
  statement: (format, { primary, onPrimary }) => [
    { kind: 'shape', name: 'background', at: WHOLE, fill: primary },
    ...logoOnPlate(plateOf(format)),
    { kind: 'copy', name: 'headline', at: [0.06, 0.36, 0.84, 0.4], size: 0.1, color: onPrimary, isBold: true },
    { kind: 'copy', name: 'line', at: [0.06, 0.82, 0.84, 0.12], size: 0.042, color: onPrimary },
  ],
  photo: (format) => [
    { kind: 'picture', at: WHOLE },
    { kind: 'shape', name: 'shade', at: WHOLE, fill: '#0b1220', opacity: 0.62 },
    ...logoOnPlate(plateOf(format)),
    { kind: 'copy', name: 'headline', at: [0.06, 0.4, 0.84, 0.36], size: 0.1, color: WHITE, isBold: true },
    { kind: 'copy', name: 'line', at: [0.06, 0.82, 0.84, 0.12], size: 0.042, color: WHITE },
  ],
  split: (format, { secondary, onSecondary }) =>
    format === 'landscape'
      ? [
          { kind: 'shape', name: 'background', at: WHOLE, fill: secondary },
          { kind: 'picture', at: [0.56, 0, 0.44, 1] },
          ...logoOnPlate([0.05, 0.08, 0.3, 0.2]),
          { kind: 'copy', name: 'headline', at: [0.05, 0.36, 0.46, 0.4], size: 0.09, color: onSecondary, isBold: true },
          { kind: 'copy', name: 'line', at: [0.05, 0.8, 0.46, 0.14], size: 0.042, color: onSecondary },
        ]
      : [
          { kind: 'shape', name: 'background', at: WHOLE, fill: secondary },
          { kind: 'picture', at: [0, 0, 1, 0.46] },
          ...logoOnPlate([0.06, 0.51, 0.42, format === 'square' ? 0.12 : 0.07]),
          { kind: 'copy', name: 'headline', at: [0.06, 0.66, 0.88, 0.2], size: 0.08, color: onSecondary, isBold: true },
          { kind: 'copy', name: 'line', at: [0.06, 0.88, 0.88, 0.08], size: 0.04, color: onSecondary },
        ],
  number: (format, { primary, onPrimary }) => [
    { kind: 'shape', name: 'background', at: WHOLE, fill: primary },
    ...logoOnPlate(plateOf(format)),
    { kind: 'copy', name: 'number', at: [0.06, 0.32, 0.88, 0.32], size: 0.28, color: onPrimary, isBold: true },
    { kind: 'copy', name: 'line', at: [0.06, 0.68, 0.84, 0.24], size: 0.06, color: onPrimary },
  ],
  quote: (format, { secondary, onSecondary, primary }) => [
    { kind: 'shape', name: 'background', at: WHOLE, fill: secondary },
    { kind: 'shape', name: 'bar', at: [0.06, 0.36, 0.012, 0.36], fill: primary },
    ...logoOnPlate(plateOf(format)),
    { kind: 'copy', name: 'quote', at: [0.1, 0.36, 0.82, 0.36], size: 0.075, color: onSecondary },
    { kind: 'copy', name: 'source', at: [0.1, 0.8, 0.82, 0.12], size: 0.042, color: onSecondary, isBold: true },
  ],
  offer: (format, { primary, onPrimary }) => [
    { kind: 'shape', name: 'background', at: WHOLE, fill: primary },
    ...logoOnPlate(plateOf(format)),
    { kind: 'partner', name: 'headline', at: [0.06, 0.36, 0.84, 0.4], size: 0.1, color: onPrimary, isBold: true },
    { kind: 'copy', name: 'line', at: [0.06, 0.82, 0.84, 0.12], size: 0.042, color: onPrimary },
  ],
};

/** Whether a layout shows a picture of the package. */
export const showsPicture = (layout: PostLayout): boolean => layout === 'photo' || layout === 'split';

export const layersOfLayout = (layout: PostLayout, format: PostFormat, colours: PostColours): readonly PostLayer[] =>
  ARRANGEMENTS[layout](format, colours);

export interface NewPicture {
  readonly layout: PostLayout;
  readonly colours: PostColours;
  /** Group of the post's texts in the catalogues. */
  readonly group: string;
  /** Name of the slot that partners write. */
  readonly slot: string;
  /** Shown where the layout has a picture. */
  readonly picture: string;
}

/** Longest text that partners can write on a new post. */
const MOST_LETTERS = 70;

/** The source of a new picture in one size. */
export function pictureSource(format: PostFormat, made: NewPicture): string {
  const { width, height } = POST_SIZES[format];
  const lines = layersOfLayout(made.layout, format, made.colours).map(
    (layer) => `  ${layerSource(layer, format, made)}`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function layerSource(layer: PostLayer, format: PostFormat, { group, slot, picture }: NewPicture): string {
  const place = placeIn(format, layer.at);
  if (layer.kind === 'shape') {
    const opacity = layer.opacity === undefined ? '' : ` opacity="${layer.opacity}"`;
    const radius = layer.name === 'logo-plate' ? ' rx="12"' : '';
    return `<rect id="${layer.name}"${place}${radius} fill="${layer.fill}"${opacity}/>`;
  }
  if (layer.kind === 'picture')
    return `<image id="picture" href="${picture}"${place} preserveAspectRatio="xMidYMid slice"/>`;
  if (layer.kind === 'logo') return `<rect id="tc:logo"${place} data-surface="${layer.surface}" data-align="left"/>`;
  const look = ` data-size="${fontSize(format, layer.size)}" data-color="${layer.color}" data-weight="${layer.isBold === true ? 'bold' : 'regular'}"`;
  if (layer.kind === 'partner') return `<rect id="tc:text:${slot}"${place} data-max="${MOST_LETTERS}"${look}/>`;
  return `<rect id="tc:copy:${layer.name}"${place}${look} data-text="${textReference(`${group}.${layer.name}`)}"/>`;
}

const fontSize = (format: PostFormat, share: number): number => {
  const { width, height } = POST_SIZES[format];
  return Math.round(Math.min(width, height) * share);
};

function placeIn(format: PostFormat, [x, y, width, height]: Share): string {
  const size = POST_SIZES[format];
  const values = { x: x * size.width, y: y * size.height, width: width * size.width, height: height * size.height };
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${Math.round(value)}"`)
    .join('');
}
