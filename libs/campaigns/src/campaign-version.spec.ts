import type { CampaignId, CampaignVersionId, PartnerGroupId, UserId, VendorId } from '#kernel';
import type { Action } from './action.js';
import { isWithin } from './availability.js';
import { CampaignVersion } from './campaign-version.js';
import type { VersionContent } from './version-content.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const content = (packageHash = 'a'): VersionContent => ({
  packageHash,
  compiledHash: 'c',
  title: { en: 'Edge' },
  summary: { en: 'Edge' },
  theme: 'security',
  locales: ['en'],
  warnings: [],
});
const by = (name: string, userId: string | null = name): Action => ({
  userId: userId as UserId | null,
  byKey: userId === null,
  name,
  at: NOW,
});
const availability = { partnerGroupIds: ['g' as PartnerGroupId], opensOn: '2026-11-21', closesOn: '2026-12-31' };

function aVersion(
  status: 'draft' | 'in-review' | 'approved' | 'published' | 'retired' | 'recalled' = 'draft',
): CampaignVersion {
  const ids = { id: 'v' as CampaignVersionId, campaignId: 'c' as CampaignId, vendorId: 'n' as VendorId, number: 1 };
  const version = CampaignVersion.draft(ids, content(), by('Maya'));
  if (status === 'draft') return version;
  version.submit(by('Maya'));
  if (status === 'in-review') return version;
  version.approve(by('Alan'), { onlyApprover: false });
  if (status === 'approved') return version;
  version.publish(availability, 'm', by('Maya'));
  if (status !== 'published') version.end(status, NOW, 'It has a mistake.');
  return version;
}

describe('a campaign version', () => {
  const deeds: Readonly<Record<string, (version: CampaignVersion) => void>> = {
    'replace content': (version) => version.replaceContent(content('b'), by('Maya')),
    submit: (version) => version.submit(by('Maya')),
    approve: (version) => version.approve(by('Alan'), { onlyApprover: false }),
    withdraw: (version) => version.withdraw(),
    return: (version) => version.returnToDraft(),
    publish: (version) => version.publish(availability, 'm', by('Maya')),
    'stop launches of': (version) => void version.setLaunches('stopped', NOW),
    retire: (version) => version.end('retired', NOW, null),
    recall: (version) => version.end('recalled', NOW, 'It has a mistake.'),
    'reverse the recall of': (version) => version.reinstate('published', null, null),
  };
  const allowed: Readonly<Record<Parameters<typeof aVersion>[0] & string, readonly string[]>> = {
    draft: ['replace content', 'submit'],
    'in-review': ['approve', 'withdraw', 'return'],
    approved: ['withdraw', 'return', 'publish'],
    published: ['stop launches of', 'retire', 'recall'],
    retired: ['recall'],
    recalled: ['reverse the recall of'],
  };

  for (const [state, can] of Object.entries(allowed)) {
    for (const [deed, run] of Object.entries(deeds)) {
      it(`${can.includes(deed) ? 'can' : 'can not'} ${deed} when ${state}`, () => {
        const version = aVersion(state as keyof typeof allowed);
        const before = { ...version };
        if (can.includes(deed)) {
          run(version);
          expect(version).not.toEqual(before);
        } else {
          expect(() => run(version)).toThrow(expect.objectContaining({ kind: 'conflict' }));
          expect(version).toEqual(before);
        }
      });
    }
  }

  it('is not approved by who submitted it', () => {
    expect(() => aVersion('in-review').approve(by('Maya'), { onlyApprover: false })).toThrow(
      'another user must approve it',
    );
  });

  it('may be approved by its submitter if no other user can, and records that', () => {
    const version = aVersion('in-review');
    version.approve(by('Maya'), { onlyApprover: true });
    expect(version.approvedAlone).toBe(true);
  });

  it('is not approved by a key', () => {
    expect(() => aVersion('in-review').approve(by('CI', null), { onlyApprover: false })).toThrow(
      'An API key cannot approve',
    );
  });

  it('loses its approval when it is sent back', () => {
    const version = aVersion('approved');
    version.returnToDraft();
    version.submit(by('Maya'));
    expect(() => version.publish(availability, 'm', by('Maya'))).toThrow('not approved');
  });

  it.each([
    ['closes before it opens', { opensOn: '2026-12-02', closesOn: '2026-12-01' }],
    ['is over already', { opensOn: '2026-11-01', closesOn: '2026-11-20' }],
  ])('is not published for a window that %s', (_, window) => {
    expect(() => aVersion('approved').publish({ ...availability, ...window }, 'm', by('Maya'))).toThrow(
      expect.objectContaining({ code: 'availability.window-unusable' }),
    );
  });

  it('is open on its first and its last day', () => {
    const window = { opensOn: '2026-11-21', closesOn: '2026-11-22' };
    const on = (day: string): boolean => isWithin(window, new Date(`${day}T12:00:00Z`));
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(on)).toEqual([false, true, true, false]);
  });
});

describe('a result of a link check', () => {
  const advice = (code: string) => ({ code, file: 'campaign.yaml', line: 1, column: 1, message: '.', remedy: '.' });

  it('replaces the earlier result, besides other advice', () => {
    const version = aVersion('in-review');
    version.warnings = [advice('subject-length'), advice('link-dead')];
    expect(version.recordLinkAdvice('a', [advice('link-unclear')], NOW)).toBe(true);
    expect(version.warnings.map(({ code }) => code)).toEqual(['subject-length', 'link-unclear']);
  });

  it('is left where the version was published, or replaced, meanwhile', () => {
    expect(aVersion('published').recordLinkAdvice('a', [advice('link-dead')], NOW)).toBe(false);
    const replaced = aVersion('draft');
    replaced.replaceContent(content('b'), by('Maya'));
    expect(replaced.recordLinkAdvice('a', [advice('link-dead')], NOW)).toBe(false);
    expect(replaced.warnings).toEqual([]);
  });

  it('is asked for again once it is answered, or after a moment', () => {
    const version = aVersion('in-review');
    const after = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
    expect(version.requestLinkCheck(NOW)).toBe(true);
    expect(version.requestLinkCheck(after(10))).toBe(false);
    version.recordLinkAdvice('a', [], after(11));
    expect(version.requestLinkCheck(after(12))).toBe(true);
    expect(version.requestLinkCheck(after(80))).toBe(true);
  });

  it('is forgotten with the package, and not asked for once it is published', () => {
    const draft = aVersion('draft');
    draft.requestLinkCheck(NOW);
    draft.recordLinkAdvice('a', [], NOW);
    draft.replaceContent(content('b'), by('Maya'));
    expect([draft.linkCheckRequestedAt, draft.linksCheckedAt]).toEqual([null, null]);
    expect(() => aVersion('published').requestLinkCheck(NOW)).toThrow(
      expect.objectContaining({ code: 'campaign-version.published' }),
    );
  });
});

describe('warnings about texts', () => {
  const warning = (code: string, message = 'The text a.b is the same.') => ({
    code,
    file: 'locales/de.yaml',
    line: 1,
    column: 1,
    message,
    remedy: '.',
  });
  const aDraft = (...warnings: ReturnType<typeof warning>[]): CampaignVersion => {
    const version = aVersion();
    version.replaceContent({ ...content('b'), warnings }, by('Maya'));
    return version;
  };

  it('keep a version from being submitted until they are confirmed, and the person is recorded', () => {
    const version = aDraft(warning('text-untranslated'), warning('subject-length'));
    expect(() => version.submit(by('Maya'))).toThrow(
      expect.objectContaining({ code: 'campaign-version.texts-open', details: expect.objectContaining({ count: 1 }) }),
    );
    expect(version.confirm([warning('text-untranslated')], by('Maya'))).toBe(1);
    expect(version.confirm([warning('text-untranslated')], by('Maya'))).toBe(0);
    expect(version.confirmations).toMatchObject([{ code: 'text-untranslated', by: 'Maya' }]);
    version.submit(by('Maya'));
    expect(version.status).toBe('in-review');
  });

  it('about placeholders cannot be confirmed', () => {
    const version = aDraft(warning('text-placeholder'));
    expect(version.confirm([warning('text-placeholder')], by('Maya'))).toBe(0);
    expect(() => version.submit(by('Maya'))).toThrow('was not submitted');
  });

  it('stay confirmed in later uploads and versions while the text is the same', () => {
    const version = aDraft(warning('text-untranslated', 'One.'), warning('text-from-template', 'Two.'));
    version.confirm(version.warnings, by('Maya'));
    const warnings = [warning('text-untranslated', 'One.'), warning('text-from-template', 'Three.')];
    version.replaceContent({ ...content('c'), warnings }, by('Maya'));
    expect(version.confirmations.map(({ message }) => message)).toEqual(['One.']);
    const ids = { id: 'w' as CampaignVersionId, campaignId: 'c' as CampaignId, vendorId: 'n' as VendorId, number: 2 };
    const next = CampaignVersion.draft(
      ids,
      { ...content('d'), warnings: version.warnings },
      by('Maya'),
      version.confirmations,
    );
    expect(next.confirmations).toHaveLength(1);
  });
});
