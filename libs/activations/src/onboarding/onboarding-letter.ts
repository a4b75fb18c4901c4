import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { OnboardingStepKey } from './onboarding-steps.js';
import { MOST_REMINDERS } from './reminder-decision.js';
import de from './texts/onboarding/de.json' with { type: 'json' };
import en from './texts/onboarding/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** Where each step is done. */
const PATHS: Readonly<Record<OnboardingStepKey, string>> = {
  brand: '/brand',
  sender: '/sending',
  contacts: '/contacts/import',
  terms: '/vendors',
  launch: '/',
};

/**
 * Reminds a partner of its first launch.
 * @param portalUrl where the portal is.
 * @param about `openSteps`: in the order in which they are best done, at least one.
 */
export function onboardingLetter(
  reader: MailReader,
  portalUrl: string,
  about: {
    readonly vendor: Speaker;
    readonly partner: string;
    readonly openSteps: readonly OnboardingStepKey[];
  },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { vendor, partner, openSteps } = about;
  const names = { vendor: vendor.name, partner };
  const [first = 'launch', ...others] = openSteps;
  const values = { ...names, count: openSteps.length, step: t(`steps.${first}`, names) };
  return composeSystemMail(reader, {
    language,
    subject: t('subject', values),
    paragraphs: [t('what', values), t('left', values)],
    // The paragraph names a single one.
    facts: (others.length === 0 ? [] : openSteps).map((step, index) => ({
      label: String(index + 1),
      value: t(`steps.${step}`, names),
      url: `${portalUrl}${PATHS[step]}`,
    })),
    button: { label: t(`buttons.${first}`), url: `${portalUrl}${PATHS[first]}` },
    closing: t('closing', { ...values, most: String(MOST_REMINDERS) }),
    inNameOf: vendor,
  });
}
