import {
  type BrandProfile,
  contrastProblems,
  type Logo,
  missing,
  type OwnSurface,
  problemsInUse,
  sourceOf,
} from '#brand';
import type * as contracts from '#contracts';

export function brandProfileView(profile: BrandProfile): contracts.BrandProfile {
  const needed = missing(profile);
  return {
    version: profile.version,
    name: profile.name,
    legalName: profile.legalName,
    legalLine: profile.legalLine,
    postalAddress: profile.postalAddress,
    countryCode: profile.countryCode,
    timeZone: profile.timeZone,
    website: profile.website,
    privacyUrl: profile.privacyUrl,
    imprintUrl: profile.imprintUrl,
    verifiedHosts: [...profile.verifiedHosts],
    contact: {
      name: profile.contact.name,
      title: profile.contact.title,
      phone: profile.contact.phone,
      email: profile.contact.email,
    },
    colours: profile.colours,
    locales: profile.locales,
    logoId: profile.logoId,
    isComplete: needed.length === 0,
    missing: needed,
    feedback: contrastProblems(profile.colours).map(({ code, field, message, remedy, suggestion, named }) => ({
      code,
      field,
      message,
      suggestion,
      named,
      remedy,
    })),
  };
}

const imageOf = (variant: string): string => `/api/v1/brand-profile/logos/${variant}.png?width=320&height=120`;

const surfaceOf = (logo: Logo, surface: OwnSurface): contracts.LogoUpload['surfaces']['light'] => ({
  source: sourceOf(logo, surface),
  isAdapted: logo.generated[surface] !== logo.generated.original,
});

export function logoUploadView(logo: Logo, profile: BrandProfile): contracts.LogoUpload {
  return {
    logoId: logo.id,
    mediaType: logo.mediaType,
    width: logo.width,
    height: logo.height,
    palette: [...logo.palette],
    variants: { light: imageOf('light'), dark: imageOf('dark'), mono: imageOf('mono') },
    surfaces: { light: surfaceOf(logo, 'light'), dark: surfaceOf(logo, 'dark') },
    feedback: problemsInUse(logo).map(({ code, message, remedy, named }) => ({ code, message, remedy, named })),
    profile: brandProfileView(profile),
  };
}
