import { newId, type ActivationId, type ContactId, type VendorId } from '#kernel';
import { PlannedTimes } from './planned-emails.service.js';
import { type PlannedEmail, withinDays } from './within-days.js';

const contactId = newId<ContactId>();
const [one, two, three] = [newId<ActivationId>(), newId<ActivationId>(), newId<ActivationId>()];
const at = (day: number, time = '08:30'): Date => new Date(`2026-11-${day}T${time}:00Z`);
/** Opens at 08:30 on each day up to the last one. */
const planned = (activationId: ActivationId, when: Date, last = 30): PlannedEmail => ({
  contactId,
  activationId,
  at: when,
  timeZone: 'UTC',
  opensAt: (from) => {
    const opening = at(from.getUTCDate());
    return from.getUTCDate() > last ? null : opening < from ? from : opening;
  },
});
const days = (found: ReadonlyMap<ActivationId, Date>): (number | undefined)[] =>
  [one, two, three].map((id) => found.get(id)?.getUTCDate());

describe('the next e-mails of a contact in several campaigns', () => {
  it('go out one a day, the earlier first', () => {
    const all = [planned(two, at(16, '09:00')), planned(one, at(16)), planned(three, at(17))];
    const found = withinDays(all, [], 1);
    // Two waited, and is due with three, which was launched later.
    expect(days(found)).toEqual([16, 17, 18]);
    expect(found.get(three)).toEqual(at(18));
  });

  it('that are due at the same time go out in the order of the launches, in whatever order they are read', () => {
    const all = [planned(one, at(16)), planned(two, at(16))];
    expect(days(withinDays(all, [], 1))).toEqual([16, 17, undefined]);
    expect(days(withinDays(all.toReversed(), [], 1))).toEqual([16, 17, undefined]);
  });

  it('that are due at the same time do not both come before the other', () => {
    const vendorId = newId<VendorId>();
    const times = new Map([
      [one, at(16)],
      [two, at(16)],
    ]);
    const planned = new PlannedTimes(new Map([[contactId, times]]), new Map([one, two].map((id) => [id, vendorId])));
    expect(planned.othersBefore(one, contactId)).toEqual([]);
    expect(planned.othersBefore(two, contactId)).toEqual([{ at: at(16), vendorId }]);
  });

  it('wait for the next day, if one of another campaign was sent today', () => {
    const sent = [{ contactId, activationId: three, at: at(16, '07:00') }];
    expect(days(withinDays([planned(one, at(16))], sent, 1))).toEqual([17, undefined, undefined]);
    expect(days(withinDays([planned(three, at(16))], sent, 1))).toEqual([undefined, undefined, 16]);
  });

  it('go out as planned without a limit, or with a higher one', () => {
    const all = [planned(one, at(16)), planned(two, at(16, '09:00'))];
    expect(days(withinDays(all, [], null))).toEqual([16, 16, undefined]);
    expect(days(withinDays(all, [], 2))).toEqual([16, 16, undefined]);
  });

  it('do not wait beyond their last day', () => {
    expect(days(withinDays([planned(one, at(16)), planned(two, at(16, '09:00'), 16)], [], 1))).toEqual([
      16,
      16,
      undefined,
    ]);
  });
});
