import { DomainError } from '#kernel';

/** A text by language, BCP 47. */
type ByLanguage = Readonly<Record<string, string>>;

/** A question that the vendor adds to the form. */
export interface ApplicationQuestion {
  readonly key: string;
  readonly label: ByLanguage;
  readonly isRequired: boolean;
}

/** A vendor's public form by which companies ask to become a partner. */
export interface ApplicationForm {
  readonly isOpen: boolean;
  readonly introduction: ByLanguage;
  readonly questions: readonly ApplicationQuestion[];
  readonly rules: ApplicationRules;
}

/** Countries (ISO 3166) and domains of e-mail addresses. */
interface CompanyList {
  readonly countries: readonly string[];
  readonly domains: readonly string[];
}

/** Which companies need no person's decision. */
export interface ApplicationRules {
  readonly refuse: CompanyList;
  readonly accept: CompanyList;
  /** Of companies that a rule accepts. */
  readonly tier: string;
  readonly region: string;
  /** What a company is told that a rule refuses; empty: no reason. */
  readonly refusal: string;
}

export const CLOSED_FORM: ApplicationForm = {
  isOpen: false,
  introduction: {},
  questions: [],
  rules: {
    refuse: { countries: [], domains: [] },
    accept: { countries: [], domains: [] },
    tier: '',
    region: '',
    refusal: '',
  },
};

export type RuledDecision = 'accepted' | 'refused' | null;

/**
 * What the rules decide. A refusal is stronger than an acceptance.
 * @param company its country, the host of the proved address, and the domain
 *   that the address proves; null for a mailbox provider, whose addresses belong
 *   to no company.
 * @returns null: a person decides. So does an address of a mailbox provider
 *   where only its country would be accepted.
 */
export function decideByRules(
  { refuse, accept }: ApplicationRules,
  company: { readonly countryCode: string; readonly mailHost: string | null; readonly domain: string | null },
): RuledDecision {
  const { countryCode, mailHost, domain } = company;
  if (refuse.countries.includes(countryCode) || refuse.domains.some((refused) => isUnder(refused, mailHost)))
    return 'refused';
  if (domain === null) return null;
  return accept.countries.includes(countryCode) || accept.domains.includes(domain) ? 'accepted' : null;
}

/** Whether a host is a domain or below it. */
const isUnder = (domain: string, host: string | null): boolean =>
  host !== null && (host === domain || host.endsWith(`.${domain}`));

/**
 * A rule accepts by the domain that an address proves, so any other domain in
 * its list would never match.
 * @param provedBy the domain that an address at a host proves, or null.
 * @throws DomainError `application-form.domain-of-many`, `application-form.domain-below`.
 */
export function requireProvable({ rules }: ApplicationForm, provedBy: (host: string) => string | null): void {
  for (const domain of rules.accept.domains) {
    const proved = provedBy(domain);
    const field = 'rules.accept.domains';
    if (proved === null)
      throw new DomainError(
        'application-form.domain-of-many',
        `${domain} belongs to no single company, so a rule cannot accept its addresses. Take it out, and decide about such applications yourself.`,
        { field, domain },
      );
    if (proved !== domain)
      throw new DomainError(
        'application-form.domain-below',
        `An address at ${domain} proves ${proved}, so this rule would never match. Write ${proved}.`,
        { field, domain, proved },
      );
  }
}

/** @throws DomainError `application-form.tier-missing`: rules that accept need a tier and a region. */
export function requireComplete({ rules }: ApplicationForm): void {
  const { accept, tier, region } = rules;
  if (accept.countries.length + accept.domains.length === 0 || (tier !== '' && region !== '')) return;
  throw new DomainError(
    'application-form.tier-missing',
    'Companies that a rule accepts need a tier and a region. Fill in both, or let a person decide.',
    { field: tier === '' ? 'rules.tier' : 'rules.region' },
  );
}

/** An answer, with the question as the applicant read it. */
export interface ApplicationAnswer {
  readonly question: string;
  readonly answer: string;
}

/**
 * The answers to the questions of a form, in their order.
 * @param locale in which they were asked.
 * @throws DomainError `application.answer-missing`, `application.question-unknown`.
 */
export function answersTo(
  questions: readonly ApplicationQuestion[],
  answers: Readonly<Record<string, string>>,
  locale: string,
): ApplicationAnswer[] {
  const unknown = Object.keys(answers).find((key) => questions.every((question) => question.key !== key));
  if (unknown !== undefined)
    throw new DomainError(
      'application.question-unknown',
      `The form has no question "${unknown}" any more. Load the form again.`,
      { field: `answers.${unknown}` },
      { kind: 'conflict' },
    );
  return questions.flatMap(({ key, label, isRequired }) => {
    const answer = (answers[key] ?? '').trim();
    if (answer === '' && isRequired)
      throw new DomainError('application.answer-missing', 'This question needs an answer.', {
        field: `answers.${key}`,
      });
    return answer === '' ? [] : [{ question: textIn(label, locale), answer }];
  });
}

/** The text in a language, else the first one. */
const textIn = (texts: ByLanguage, locale: string): string =>
  texts[locale] ?? texts[locale.split('-')[0] ?? ''] ?? Object.values(texts)[0] ?? '';
