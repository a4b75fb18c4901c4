import { newId, systemActor } from '#kernel';
import { type DeliveryFixture, openDelivery } from './delivery.fixture.js';
import { type HaltCause, Halts, type HaltScope, type HaltSubject } from './halts.service.js';

const OPERATOR = systemActor('operator');
const SCOPES = [
  ['vendor', 'vendorId'],
  ['partner', 'partnerId'],
  ['campaign', 'campaignId'],
  ['activation', 'activationId'],
] as const satisfies readonly (readonly [HaltScope, keyof HaltSubject])[];
const aMessage = (): HaltSubject => ({
  vendorId: newId(),
  partnerId: newId(),
  campaignId: newId(),
  activationId: newId(),
});

describe('a halt', () => {
  let delivery: DeliveryFixture;
  let halts: Halts;
  beforeAll(async () => {
    delivery = await openDelivery();
    halts = delivery.product.app.get(Halts);
  });
  afterEach(() => delivery.query('UPDATE delivery.halt SET lifted_by = $1, lifted_at = now()', ['test']));
  afterAll(() => delivery.product.close());

  const halt = (scope: HaltScope, subjectId: string | null, reason = 'a test') =>
    halts.halt(OPERATOR, { scope, subjectId, reason });
  const automaticHalt = (partnerId: string, cause: HaltCause) =>
    delivery.run(() =>
      halts.haltInTransaction('circuit breaker', { scope: 'partner', subjectId: partnerId, reason: 'a test', cause }),
    );

  it.each(SCOPES)('of a %s covers its messages, and no others', async (scope, field) => {
    const message = aMessage();
    await halt(scope, message[field]);
    const inForce = await halts.inForce();
    expect([inForce.covers(message), inForce.covers(aMessage())]).toEqual([true, false]);
    expect(inForce.since(message)).toEqual(inForce.all[0]?.haltedAt);
  });

  it('of everything covers all messages', async () => {
    await halt('everything', null);
    expect((await halts.inForce()).covers(aMessage())).toBe(true);
  });

  it('has no effect if the same scope is halted already', async () => {
    const { partnerId } = aMessage();
    expect([await halt('partner', partnerId), await halt('partner', partnerId)]).toEqual([true, false]);
  });

  it('is recorded in the audit log when it begins and when it is lifted', async () => {
    const { partnerId } = aMessage();
    await halt('partner', partnerId);
    await halts.lift(OPERATOR, 'partner', partnerId, ['operator']);
    expect(
      await delivery.query('SELECT action FROM audit.entry WHERE subject_id = $1 ORDER BY id', [partnerId]),
    ).toEqual([{ action: 'sending.halted' }, { action: 'sending.lifted' }]);
  });

  it('is lifted for the named causes only', async () => {
    const message = aMessage();
    await halt('partner', message.partnerId);
    await automaticHalt(message.partnerId, 'bounces');
    expect(await halts.lift(OPERATOR, 'partner', message.partnerId, ['operator'])).toBe(true);
    expect((await halts.inForce()).covers(message)).toBe(true);
    expect(await halts.lift(OPERATOR, 'partner', message.partnerId, ['bounces'])).toBe(true);
    expect((await halts.inForce()).covers(message)).toBe(false);
    expect(await halts.lift(OPERATOR, 'partner', message.partnerId, ['bounces'])).toBe(false);
  });

  it.each([
    ['everything', newId(), 'halt.subject'],
    ['partner', null, 'halt.subject'],
  ] as const)('of %s with the id %s is refused', async (scope, subjectId, code) => {
    await expect(halt(scope, subjectId)).rejects.toMatchObject({ code });
  });

  it.each([' ', 'x'.repeat(501)])('without a usable reason is refused', async (reason) => {
    await expect(halt('partner', newId(), reason)).rejects.toMatchObject({ code: 'halt.reason' });
  });

  it('notifies its partner once, if it is automatic and not lifted', async () => {
    const [noticed, lifted, byOperator] = [aMessage(), aMessage(), aMessage()];
    await automaticHalt(noticed.partnerId, 'complaints');
    await automaticHalt(lifted.partnerId, 'complaints');
    await halts.lift(OPERATOR, 'partner', lifted.partnerId, ['complaints']);
    await halt('partner', byOperator.partnerId);
    const claimed = async () => (await delivery.run(() => halts.claimUnnotified(10))).map(({ subjectId }) => subjectId);
    expect([await claimed(), await claimed()]).toEqual([[noticed.partnerId], []]);
  });
});
