import { KEPT_PARAMETERS, SORTS, type ViewScreen } from '#contracts';
import { DomainError } from '#kernel';
import { faultOf, parseViewQuery, readViewQuery } from './view-query.js';

const sideOf = (screen: ViewScreen) => (['/results', '/deals'].includes(screen) ? 'partner' : 'vendor');

describe('the address of a saved view', () => {
  it.each([
    ['/results', ''],
    ['/results', 'period=year&sort=-sent&series=all&credit=markov'],
    ['/results', 'from=2026-11-01&to=2026-11-01'],
    ['/results', 'returnSort=-roi&tacticSort=won&model=w-shaped'],
    ['/campaign-results', 'returnSort=-pipelinePerCost&partnerSort=-costs&tacticSort=tactic'],
    ['/campaign-results', 'totals=period&totalsSort=-sent'],
    ['/campaign-results', 'q=%C3%A4&campaign=0198c0de-0000-7000-8000-000000000000'],
    ['/campaigns', 'state=in-review&tag=EMEA'],
    ['/partners', 'progress=invited&manager=none'],
    ['/partner-activity', 'step=won&sort=score'],
    ['/costs', 'tactic=email'],
    ['/deals', 'stage=open'],
    ['/deals', 'stage=won&campaignId=none'],
    ['/deals', 'stage=proposal&currency=EUR&closedFrom=2020-01-01&closedTo=2026-11-27&q=edge&sort=-updatedAt'],
    ['/costs', 'from=2020-01-01&to=2026-11-27&sort=-from'],
  ] as const)('of %s is taken: %s', (screen, query) => {
    expect(readViewQuery(sideOf(screen), screen, query).fault).toBeNull();
  });

  it.each([
    ['/results', 'period=forever', 'choice', 'period'],
    ['/results', 'from=2026-11-02&to=2026-11-01', 'days', 'from'],
    ['/results', 'from=soon', 'form', 'from'],
    ['/results', 'model=guess', 'choice', 'model'],
    ['/results', 'from=2026-02-30', 'form', 'from'],
    ['/results', 'period=year&from=2026-11-01', 'both', 'period'],
    ['/results', 'stage=won', 'parameter', 'stage'],
    ['/campaign-results', 'totals=sent', 'choice', 'totals'],
    ['/campaign-results', 'totalsSort=sources', 'choice', 'totalsSort'],
    ['/deals', 'stge=won', 'parameter', 'stge'],
    ['/deals', 'closedFrom=2026-11-02&closedTo=2026-11-01', 'days', 'closedFrom'],
    ['/deals', 'currency=euro', 'form', 'currency'],
    ['/deals', 'stage=wn', 'choice', 'stage'],
    ['/costs', 'campaignId=7', 'form', 'campaignId'],
    ['/costs', 'campaignId=none', 'form', 'campaignId'],
    ['/costs', 'sort=a%20b', 'form', 'sort'],
    ['/costs', 'sort=tactic', 'choice', 'sort'],
    ['/results', 'sort=-amountsInMinorUnits', 'choice', 'sort'],
    ['/results', 'credit=sent', 'choice', 'credit'],
    ['/deals', 'sort=', 'form', 'sort'],
    ['/campaigns', 'sort=name', 'parameter', 'sort'],
    ['/campaigns', 'nonsense', 'parameter', 'nonsense'],
  ] as const)('of %s is refused: %s', (screen, query, reason, parameter) => {
    expect(readViewQuery(sideOf(screen), screen, query).fault).toMatchObject({ reason, parameter });
  });

  it('is refused with the field, the reason and the way out', () => {
    expect(() => parseViewQuery('partner', '/deals', 'stage=wn')).toThrow(
      expect.objectContaining({
        code: 'saved-view.query-choice',
        message: expect.stringMatching(/“stage” cannot be “wn”.*open, overdue, .*won, lost/),
        details: expect.objectContaining({ field: 'query', parameter: 'stage', value: 'wn' }),
      }),
    );
  });

  it('has each column that sorts, in both directions, and names them where it has another', () => {
    for (const [screen, sorts] of Object.entries(SORTS) as [ViewScreen, Readonly<Record<string, readonly string[]>>][])
      for (const [name, columns] of Object.entries(sorts))
        for (const column of columns)
          for (const sort of [column, `-${column}`])
            expect(readViewQuery(sideOf(screen), screen, `${name}=${sort}`).fault).toBeNull();
    expect(readViewQuery('vendor', '/partner-activity', 'sort=step').fault).toMatchObject({
      allowed: 'partner, -partner, partnerStep, -partnerStep, score, -score',
    });
  });

  it('of a partner’s costs has no partner, and of a vendor’s has', () => {
    const id = '0198c0de-0000-7000-8000-000000000000';
    for (const query of ['sort=partner', `partnerId=${id}`]) {
      expect(readViewQuery('vendor', '/costs', query).fault).toBeNull();
      expect(readViewQuery('partner', '/costs', query).fault).not.toBeNull();
    }
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
        expect(readViewQuery('vendor', screen as ViewScreen, `${name}=%00%20`).fault?.reason).not.toBe('parameter');
  });
});
