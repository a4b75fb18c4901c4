import { type Seed, type SeedContact, type SeedPartner, seedContacts } from '../seed-file.js';

/** Of each partner that launches on the first day: results of a vendor are shown from some hundreds of e-mails on. */
const VISITORS = 25;

/** People who left their address at a partner's stand. All have its time zone and have agreed to e-mails. */
export function visitorsOf(seed: Seed, partner: SeedPartner): SeedContact[] {
  const known = seedContacts(seed, partner);
  return Array.from({ length: VISITORS }, (_, at) => known[at % known.length]).flatMap((one, at) => {
    const other = known[(at + 7) % known.length];
    if (one === undefined || other === undefined) return [];
    const email = `visitor${at + 1}${other.email.slice(other.email.indexOf('.'))}`;
    return [{ ...other, email, firstName: one.firstName, timeZone: null }];
  });
}
