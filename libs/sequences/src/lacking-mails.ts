import type { ContactForSending } from '#contacts';
import type { Locale } from '#kernel';
import { lackingFields, type Master, WHEN_FIELDS } from '#rendering';
import { recipientOf } from './recipient-values.js';

/** Answers that are remembered: contacts who say the same need no second look. */
const KEPT = 20_000;
const NONE: ReadonlySet<string> = new Set();

interface Email {
  readonly key: string;
  readonly masters: Readonly<Record<string, Master>>;
}
interface Asking {
  readonly key: string;
  readonly master: Master;
}

/** Which e-mails of a campaign cannot be made for a contact, because they need what it does not have. */
export class LackingMails {
  private readonly asking = new Map<Locale, { mails: readonly Asking[]; paths: readonly string[] }>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(private readonly emails: readonly Email[]) {}

  /** @returns the keys of those e-mails. */
  of(contact: ContactForSending, locale: Locale): ReadonlySet<string> {
    const { mails, paths } = this.askingIn(locale);
    if (mails.length === 0) return NONE;
    const recipient = recipientOf(contact, {});
    // What a block asks about and what a hole requires: nothing else can make a difference.
    const name = JSON.stringify([
      locale,
      WHEN_FIELDS.map((field) => recipient[field]),
      paths.map((path) => recipient[path as 'company']),
    ]);
    let lacking = this.known.get(name);
    if (lacking === undefined) {
      const keys = mails.filter(({ master }) => lackingFields(master, recipient).length > 0).map(({ key }) => key);
      lacking = keys.length === 0 ? NONE : new Set(keys);
      if (this.known.size >= KEPT) this.known.clear();
      this.known.set(name, lacking);
    }
    return lacking;
  }

  private askingIn(locale: Locale): { mails: readonly Asking[]; paths: readonly string[] } {
    const known = this.asking.get(locale);
    if (known !== undefined) return known;
    const found = this.emails.flatMap(({ key, masters }) => {
      const master = masters[locale];
      const required = master === undefined ? [] : requiredOf(master);
      return master === undefined || required.length === 0 ? [] : [{ key, master, required }];
    });
    const asking = { mails: found, paths: [...new Set(found.flatMap(({ required }) => required))] };
    this.asking.set(locale, asking);
    return asking;
  }
}

/** Fields of a recipient that a master has no fallback for. */
const requiredOf = ({ holes }: Master): string[] =>
  holes.flatMap(({ path, fallback }) =>
    fallback === null && path.startsWith('recipient.') ? [path.slice('recipient.'.length)] : [],
  );
