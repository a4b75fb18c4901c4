import type { ContactForSending } from '#contacts';
import type { Locale } from '#kernel';
import { type Hole, isFilled, missingFields, type Master, WHEN_FIELDS } from '#rendering';
import { recipientOf } from '../sending/recipient-values.js';

/**
 * Answers that are remembered: contacts who say the same need no second look.
 */
const KEPT = 20_000;
const NONE: ReadonlySet<string> = new Set();

interface Email {
  readonly key: string;
  readonly masters: Readonly<Record<string, Master>>;
}
interface EmailWithRequirements {
  readonly key: string;
  readonly master: Master;
}

/**
 * The e-mails of a locale that may be lacking something, and every different
 * hole that must be filled in any of them.
 */
interface RequirementsOfLocale {
  readonly mails: readonly EmailWithRequirements[];
  readonly required: readonly Hole[];
}

/**
 * Which e-mails of a campaign cannot be made for a contact, because they need
 * what it does not have.
 */
export class UnrenderableEmails {
  private readonly asking = new Map<Locale, RequirementsOfLocale>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(private readonly emails: readonly Email[]) {}

  /** @returns the keys of those e-mails. */
  forContact(contact: ContactForSending, locale: Locale): ReadonlySet<string> {
    const { mails, required } = this.askingIn(locale);
    if (mails.length === 0) return NONE;
    const recipient = recipientOf(contact, {});
    // What a block asks about, and whether what a hole requires is there:
    // nothing else can make a difference. Nobody shares an address with others.
    const name = JSON.stringify([
      locale,
      WHEN_FIELDS.map((field) => recipient[field]),
      required.map((hole) => isFilled(hole, recipient)),
    ]);
    let lacking = this.known.get(name);
    if (lacking === undefined) {
      const keys = mails.filter(({ master }) => missingFields(master, recipient).length > 0).map(({ key }) => key);
      lacking = keys.length === 0 ? NONE : new Set(keys);
      if (this.known.size >= KEPT) this.known.clear();
      this.known.set(name, lacking);
    }
    return lacking;
  }

  private askingIn(locale: Locale): RequirementsOfLocale {
    const known = this.asking.get(locale);
    if (known !== undefined) return known;
    const found = this.emails.flatMap(({ key, masters }) => {
      const master = masters[locale];
      const holes = master === undefined ? [] : requiredOf(master);
      return master === undefined || holes.length === 0 ? [] : [{ key, master, holes }];
    });
    const holes = new Map(found.flatMap(({ holes }) => holes.map((hole) => [JSON.stringify(hole), hole])));
    const asking = { mails: found, required: [...holes.values()] };
    this.asking.set(locale, asking);
    return asking;
  }
}

/** Holes about a recipient that have no fallback. */
const requiredOf = ({ holes }: Master): Hole[] =>
  holes.filter(({ path, fallback }) => fallback === null && path.startsWith('recipient.'));
