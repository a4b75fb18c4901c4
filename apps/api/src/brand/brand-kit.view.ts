import { type BrandKit, kitAdvice, problemsInUse } from '#brand';
import type * as contracts from '#contracts';

const imageOf = (surface: string): string => `/api/v1/brand-kit/logos/${surface}.png?width=320&height=120`;

/** Without advice about dark backgrounds: mails show the logo on white. */
export const brandKitView = ({ version, colours, logo, design }: BrandKit): contracts.BrandKit => ({
  version,
  colours,
  logo:
    logo === null
      ? null
      : {
          logoId: logo.id,
          mediaType: logo.mediaType,
          width: logo.width,
          height: logo.height,
          palette: [...logo.palette],
          images: { light: imageOf('light'), dark: imageOf('dark') },
          feedback: problemsInUse(logo)
            .filter(({ code }) => !code.endsWith('-on-dark'))
            .map(({ code, message, remedy, named }) => ({ code, message, remedy, named })),
        },
  design: design as contracts.BrandKit['design'],
  feedback: kitAdvice(colours),
});
