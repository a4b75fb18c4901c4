import { KEPT_PARAMETERS, type ViewScreen } from '#contracts';
import { DomainError } from '#kernel';
import { checkViewQuery, faultOf, viewQueryFault } from './view-query.js';

describe('the address of a saved view', () => {
  it.each([
    ['/results', ''],
    ['/results', 'period=year&sort=-sent&series=all&credit=markov'],
    ['/results', 'from=2026-11-01&to=2026-11-01'],
    ['/results', 'returnSort=-roi&tacticSort=won&model=w-shaped'],
    ['/campaign-results', 'returnSort=-pipelinePerCost&partnerSort=-costs&tacticSort=tactic'],
    ['/campaign-results', 'q=%C3%A4&campaign=0198c0de-0000-7000-8000-000000000000'],
    ['/campaigns', 'state=in-review&tag=EMEA'],
    ['/partners', 'progress=invited&manager=none'],
    ['/partner-activity', 'step=won&sort=score'],
    ['/costs', 'tactic=email'],
    ['/deals', 'stage=open'],
  ] as const)('of %s is taken: %s', (screen, query) => {
    expect(viewQueryFault(screen, query)).toBeNull();
  });

  it.each([
    ['/results', 'period=forever', 'choice', 'period'],
    ['/results', 'from=2026-11-02&to=2026-11-01', 'days', 'from'],
    ['/results', 'from=soon', 'form', 'from'],
    ['/results', 'model=guess', 'choice', 'model'],
    ['/results', 'from=2026-02-30', 'form', 'from'],
    ['/results', 'period=year&from=2026-11-01', 'both', 'period'],
    ['/results', 'stage=won', 'parameter', 'stage'],
    ['/deals', 'stge=won', 'parameter', 'stge'],
    ['/deals', 'stage=wn', 'choice', 'stage'],
    ['/costs', 'campaignId=7', 'form', 'campaignId'],
    ['/costs', 'sort=a%20b', 'form', 'sort'],
    ['/campaigns', 'nonsense', 'parameter', 'nonsense'],
  ] as const)('of %s is refused: %s', (screen, query, reason, parameter) => {
    expect(viewQueryFault(screen, query)).toMatchObject({ reason, parameter });
  });

  it('is refused with the field, the reason and the way out', () => {
    expect(() => checkViewQuery('/deals', 'stage=wn')).toThrow(
      expect.objectContaining({
        code: 'saved-view.query-choice',
        message: expect.stringMatching(/“stage” cannot be “wn”.*open, overdue, won, lost/),
        details: expect.objectContaining({ field: 'query', parameter: 'stage', value: 'wn' }),
      }),
    );
  });

  it('is told to end before it begins where its only day is in the future, and to be too long where it is long ago', () => {
    const wrong = (from: string, to: string) =>
      faultOf(new DomainError('insight.window', 'Wrong.', { field: 'from', from, to }));
    expect(wrong('2026-12-01', '2026-11-27')).toMatchObject({ reason: 'days', value: '2026-12-01 – 2026-11-27' });
    expect(wrong('2024-12-01', '2026-11-27')).toMatchObject({ reason: 'long', value: '2024-12-01' });
  });

  it('has a rule for each parameter of each screen', () => {
    for (const [screen, names] of Object.entries(KEPT_PARAMETERS))
      for (const name of names)
        expect(viewQueryFault(screen as ViewScreen, `${name}=%00%20`)?.reason).not.toBe('parameter');
  });
});
