import { greetingOf, type Master, type PartnerValues, type RecipientValues, UNKNOWN_READER } from '#rendering';

/**
 * The sample partner of previews: clearly fictional, with every field filled.
 */
export const SAMPLE_PARTNER: PartnerValues['partner'] = {
  name: 'Sample Partner',
  legalName: 'Sample Partner Ltd',
  legalLine: 'Registered in England, number 01234567',
  address: '1 Example Street, London N1 1AA, United Kingdom',
  website: 'https://www.sample-partner.example/',
  contact: {
    name: 'Alex Sample',
    title: 'Account manager',
    phone: '+44 113 496 0000',
    email: 'alex@sample-partner.example',
  },
};

/** Hosts that the sample partner may link to. */
export const SAMPLE_HOSTS = ['sample-partner.example'];

/**
 * A recipient with every field filled; what a variant asks for is set on top.
 */
export const SAMPLE_RECIPIENT: Omit<RecipientValues, 'links'> = {
  firstName: 'Robin',
  lastName: 'Reader',
  company: 'Example Industries',
  email: 'robin.reader@customer.example',
  industry: null,
  persona: null,
  stage: null,
  segment: null,
  country: null,
};

/**
 * The reader of a preview: of an e-mail the sample recipient, of a page an
 * unknown reader with an empty form.
 */
export const sampleReader = ({ kind, locale }: Master): Omit<RecipientValues, 'links'> =>
  kind === 'page' ? UNKNOWN_READER : { ...SAMPLE_RECIPIENT, greeting: greetingOf(SAMPLE_RECIPIENT, locale) };
