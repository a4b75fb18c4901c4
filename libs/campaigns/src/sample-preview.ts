import type { TemplateType } from '#contracts';
import { type CompiledCampaign, defaultLocale, fileOfImage } from '#content';
import { bestLocale, DomainError, type Locale, notFound } from '#kernel';
import {
  type ConditionField,
  conditionFieldsOf,
  type ConditionValues,
  logoName,
  bake,
  markParts,
  type Master,
  type PartnerValues,
  personalise,
  slotFromText,
  type UrlPolicy,
  type ValueProblem,
} from '#rendering';
import { SAMPLE_HOSTS, SAMPLE_PARTNER, sampleReader } from './sample-brand.js';

/** The template, and the recipient. */
export interface SampleChoice {
  readonly kind: TemplateType;
  readonly key: string;
  readonly locale: string | null;
  /** What is known of the recipient: it decides about conditional sections. */
  readonly recipient: Partial<Record<keyof ConditionValues, string>>;
  /** Coloured by the owner of each part: vendor or partner. */
  readonly parts: boolean;
  /** What the partner chose, by the name of the choice. Absent: the first option. */
  readonly choices?: Readonly<Record<string, string>>;
}

/**
 * Name, colours and logo of a real partner; the other values are the sample's.
 */
export interface ShownBrand {
  readonly name: string;
  readonly colours: PartnerValues['brand'];
  /** Addresses by `logoName`; null or left out: the sample's. */
  readonly logos?: PartnerValues['logos'] | null;
}

export interface Preview {
  readonly locale: Locale;
  readonly partnerName: string;
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly text: string;
  /** What its conditional sections ask about the recipient. */
  readonly asks: readonly ConditionField[];
}

/**
 * One e-mail or page as a partner's customer would get it.
 * @param brand null for the sample partner in the campaign's own colours.
 * @param publicUrl without a trailing slash: the base of pictures and links.
 * @throws DomainError `email.not-found`, `page.not-found`,
 *   `preview.unrenderable`.
 */
export function samplePreview(
  compiled: CompiledCampaign,
  choice: SampleChoice,
  brand: ShownBrand | null,
  publicUrl: string,
): Preview {
  const found = masterOf(compiled, choice);
  const master = choice.parts ? markParts(found) : found;
  const shown = brand ?? { name: SAMPLE_PARTNER.name, colours: compiled.definition.brand.defaults };
  const policy: UrlPolicy = { publicOrigin: new URL(publicUrl).origin, partnerHosts: SAMPLE_HOSTS };
  const values = sampleValues(compiled, master, shown, publicUrl);
  const baked = bake(master, { ...values, slots: chosenIn(master, choice.choices ?? {}) }, policy);
  if (!baked.ok) throw unrenderable(baked.problems);
  const links = Object.fromEntries(master.links.map((link) => [link, `${publicUrl}/?preview=${link}`]));
  const personal = personalise(baked.baked, { ...sampleReader(found), ...choice.recipient, links }, policy);
  if (!personal.ok) throw unrenderable(personal.problems);
  return { locale: master.locale, partnerName: shown.name, ...personal.message, asks: conditionFieldsOf(found) };
}

/** Choices that the master has. Its author may have taken one away a moment ago. */
const chosenIn = ({ slots }: Master, choices: Readonly<Record<string, string>>): PartnerValues['slots'] =>
  Object.fromEntries(
    slots.flatMap(({ name, options = [] }) => {
      const chosen = choices[name];
      return options.some((option) => option.name === chosen) ? [[name, slotFromText(chosen ?? '')]] : [];
    }),
  );

/**
 * The master of the choice, in the nearest language.
 * @throws DomainError `email.not-found`, `page.not-found`.
 */
export function masterOf(
  compiled: CompiledCampaign,
  { kind, key, locale }: Pick<SampleChoice, 'kind' | 'key' | 'locale'>,
): Master {
  const found = (kind === 'email' ? compiled.emails : compiled.pages).find((part) => part.key === key);
  const { locales } = compiled.definition;
  const wanted = bestLocale(locale, [defaultLocale(compiled.definition), ...locales.slice(1)]);
  const master = found?.masters[wanted];
  if (master === undefined) throw notFound(kind, key);
  return master;
}

/**
 * The sample partner's values for a master, with every picture that it needs.
 */
export function sampleValues(
  compiled: CompiledCampaign,
  master: Master,
  { name, colours, logos }: ShownBrand,
  publicUrl: string,
): PartnerValues {
  return {
    brand: colours,
    partner: { ...SAMPLE_PARTNER, name },
    logos: logos ?? sampleLogosOf(master, publicUrl),
    assets: Object.fromEntries(
      Object.entries(compiled.images).map(([path, image]) => [path, `${publicUrl}/b/${fileOfImage(image)}`]),
    ),
    slots: {},
    formAction: master.kind === 'page' ? `${publicUrl}/?preview=form` : null,
  };
}

/** A placeholder frame for each logo that a master needs. */
export const sampleLogosOf = ({ needs }: Master, publicUrl: string): Record<string, string> =>
  Object.fromEntries(
    needs.logos.map((logo) => [
      logoName(logo),
      `${publicUrl}/api/v1/sample-logos/${logo.surface}-${logo.width}x${logo.height}.svg`,
    ]),
  );

/** The sample fills every field, so only colours can be at fault. */
function unrenderable(problems: readonly ValueProblem[]): DomainError {
  return new DomainError(
    'preview.unrenderable',
    `This cannot be shown in these colours: ${problems[0]?.message ?? ''} ${problems[0]?.remedy ?? ''}`,
    {
      problems: problems.map(({ code, path, message, remedy, named }) => ({
        code,
        field: path,
        message,
        remedy,
        named,
      })),
    },
  );
}
