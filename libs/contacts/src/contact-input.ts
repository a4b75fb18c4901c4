import { DomainError } from '#kernel';
import { checkField, type FieldProblem } from './contact-fields.js';
import { type ContactDetails, CONTACT_FIELDS } from './contact.js';
import { type EmailAddress, type EmailProblem, parseEmail } from '#contracts';

/**
 * What a user typed about a contact.
 * An absent field is not changed; null or blank makes it unknown.
 */
export type ContactInput = Partial<Record<keyof ContactDetails, string | null>>;

const SENTENCES: Record<EmailProblem | FieldProblem, string> = {
  'email-missing': 'Write an e-mail address.',
  'email-invalid': 'Write an address that mail can be sent to, such as ada@example.com.',
  'email-not-ascii': 'Most mail servers take only ASCII letters before the "@". Use another address.',
  'email-too-long': 'Use an address of at most 64 characters before the "@" and 254 in all.',
  'characters-unsafe': 'Take out line breaks and invisible characters.',
  'address-in-name': 'Write a name, without an e-mail address.',
  'too-long': 'Use at most 200 characters.',
  'country-unknown': 'Use a two-letter country code such as "DE".',
  'time-zone-unknown': 'Use the name of a time zone, such as "Europe/Berlin".',
  'phone-invalid': 'Write a telephone number with digits, such as "+49 30 1234567".',
  'date-invalid': 'Write a day such as "2027-03-31".',
  'date-ambiguous': 'Day and month can be confused. Write the year first, such as "2027-03-31".',
  'language-unknown': 'Use a language code such as "de".',
};

/** @throws DomainError `contact.email-…`. */
export function requireEmail(input: string): EmailAddress {
  const address = parseEmail(input);
  if (typeof address !== 'string') return address;
  throw new DomainError(`contact.${address}`, SENTENCES[address], { field: 'email' });
}

/**
 * The given fields, checked.
 * @throws DomainError `contact.invalid` with every problem.
 */
export function requireDetails(input: ContactInput): Partial<ContactDetails> {
  const details: Partial<ContactDetails> = {};
  const problems: { code: string; message: string; field: string }[] = [];
  for (const field of CONTACT_FIELDS) {
    const given = input[field];
    if (given === undefined) continue;
    const checked = checkField(field, given ?? '');
    if ('value' in checked) details[field] = checked.value;
    else problems.push({ code: checked.problem, message: SENTENCES[checked.problem], field });
  }
  if (problems.length === 0) return details;
  const [first] = problems;
  throw new DomainError('contact.invalid', `${first?.field ?? ''}: ${first?.message ?? ''}`, {
    field: first?.field ?? '',
    problems,
  });
}
