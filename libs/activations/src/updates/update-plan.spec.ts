import { type CompiledCampaign, compilePackage } from '#content';
import type { Locale } from '#kernel';
import { campaignFiles } from '../../../content/src/package/package.fixture.js';
import { differenceForPartner, withSentEmails } from './update-plan.js';

const EN = 'en' as Locale;

const compiled = async (): Promise<CompiledCampaign> => {
  const result = await compilePackage({ files: new Map(campaignFiles()) }, () => Promise.resolve('0'.repeat(64)));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
};

/** The same package, of which no step sends an e-mail any more. */
const withoutStepsOf = (campaign: CompiledCampaign, email: string): CompiledCampaign => {
  const { definition } = campaign;
  const steps = definition.sequence.steps.filter((step) => step.kind !== 'email' || step.email !== email);
  return { ...campaign, definition: { ...definition, sequence: { ...definition.sequence, steps } } };
};

describe('what an update changes for a partner', () => {
  it('has an e-mail as removed that the package keeps and no step sends', async () => {
    const before = await compiled();
    const [sent] = withSentEmails(before).emails;
    const after = withoutStepsOf(before, sent!.key);
    expect(after.emails).toContain(sent);
    expect(differenceForPartner(before, after, EN).emails).toMatchObject([{ key: sent!.key, change: 'gone' }]);
    expect(differenceForPartner(after, before, EN).emails).toMatchObject([{ key: sent!.key, change: 'new' }]);
  });
});
