import type { CampaignVersionDetail } from '#contracts';
import { fitToSequence, type Sample, sample } from './samples';

type Sequence = CampaignVersionDetail['sequence'];

const awaiting = (...whens: readonly object[]): Sequence =>
  ({ steps: [{ transitions: whens.map((when) => ({ when })), testTimes: [] }] }) as unknown as Sequence;

const ADA: Sample = { ...sample('Ada', 'Europe/London', 'GB'), fields: { industry: 'energy', stage: 'new' } };

describe('stored samples', () => {
  it('stay unchanged if the sequence reads the same fields', () => {
    const sequence = awaiting(
      { on: 'click', link: 'demo' },
      { on: 'event', name: 'visited' },
      ...['industry', 'stage'].map((field) => ({ on: 'field', field, values: ['any'] })),
    );
    const samples: Sample[] = [
      { ...ADA, act: 'click', about: 'demo' },
      { ...ADA, act: 'event', about: 'visited' },
    ];
    expect(fitToSequence(samples, sequence)).toEqual(samples);
  });

  it('lose values that the sequence no longer reads, so that no hidden value is sent', () => {
    const sequence = awaiting({ on: 'click', link: 'offer' }, { on: 'field', field: 'industry', values: ['energy'] });
    const [clicks, visits] = fitToSequence(
      [
        { ...ADA, act: 'click', about: 'demo' },
        { ...ADA, act: 'event', about: 'visited' },
      ],
      sequence,
    );
    expect(clicks).toEqual({ ...ADA, fields: { industry: 'energy' }, act: 'click', about: '' });
    expect(visits).toMatchObject({ act: 'nothing', about: '' });
  });

  it('keep a drawn time only while the sequence tests it', () => {
    const time = { from: '09:00', to: '11:00', weekdays: ['tue'] };
    const sequence = { steps: [{ transitions: [], testTimes: [time] }] } as unknown as Sequence;
    const arms = ['09:00-11:00 tue', '14:00-16:00'].map((arm) => ({ ...ADA, fields: {}, arm }));
    expect(fitToSequence(arms, sequence).map(({ arm }) => arm)).toEqual(['09:00-11:00 tue', '']);
  });
});
