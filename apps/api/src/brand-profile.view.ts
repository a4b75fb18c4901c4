import { type BrandProfile, contrastProblems, missing } from '#brand';
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
    feedback: contrastProblems(profile.colours).map(({ code, field, message, wayOut, suggestion }) => ({
      code,
      field,
      message,
      suggestion,
      ...(wayOut === undefined ? {} : { wayOut }),
    })),
  };
}
