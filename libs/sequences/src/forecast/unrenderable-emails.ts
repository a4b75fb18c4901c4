import type { ContactForSending } from '#contacts';
import type { Locale } from '#kernel';
import { type Hole, isFilled, masterOfPartner, missingFields, type Master, WHEN_FIELDS } from '#rendering';
import { recipientOf } from '../sending/recipient-values.js';

/** Maximum number of cached answers. */
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
 * The e-mails of a locale with required fields, and all their distinct required
 * holes.
 */
interface RequirementsOfLocale {
  readonly mails: readonly EmailWithRequirements[];
  readonly required: readonly Hole[];
}

/**
 * Finds the e-mails of a campaign that cannot be rendered for a contact because
 * it lacks a required field.
 */
export class UnrenderableEmails {
  private readonly asking = new Map<Locale, RequirementsOfLocale>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(private readonly emails: readonly Email[]) {}

  /** @returns the keys of those e-mails. */
  forContact(contact: ContactForSending, locale: Locale): ReadonlySet<string> {
    const { mails, required } = this.askingIn(locale);
    if (mails.length === 0) return NONE;
    const recipient = recipientOf(contact, {}, locale);
    // The key has only what can change the answer: the fields of conditional
    // blocks, and whether each required hole is filled. With the address, no
    // two contacts would share an answer.
    const name = JSON.stringify([
      locale,
      WHEN_FIELDS.map((field) => recipient[field]),
      required.map((hole) => isFilled(hole, recipient)),
    ]);
    let lacking = this.known.get(name);
    if (lacking === undefined) {
      const keys = mails.filter(({ master }) => missingFields(master, recipient).length > 0).map(({ key }) => key);
      lacking = keys.length === 0 ? NONE : new Set(keys);
      // Not an LRU cache, for the reason in dry-run-cache.ts.
      if (this.known.size >= KEPT) this.known.clear();
      this.known.set(name, lacking);
    }
    return lacking;
  }

  private askingIn(locale: Locale): RequirementsOfLocale {
    const known = this.asking.get(locale);
    if (known !== undefined) return known;
    const found = this.emails.flatMap(({ key, masters }) => {
      const compiled = masters[locale];
      if (compiled === undefined) return [];
      // A dry run comes before the partner's choices: it counts what is suggested.
      const master = masterOfPartner(compiled, {});
      const holes = requiredOf(master);
      return holes.length === 0 ? [] : [{ key, master, holes }];
    });
    const holes = new Map(found.flatMap(({ holes }) => holes.map((hole) => [JSON.stringify(hole), hole])));
    const asking = { mails: found, required: [...holes.values()] };
    this.asking.set(locale, asking);
    return asking;
  }
}

/** Holes with recipient fields that have no fallback. */
const requiredOf = ({ holes }: Master): Hole[] =>
  holes.filter(({ path, fallback }) => fallback === null && path.startsWith('recipient.'));
