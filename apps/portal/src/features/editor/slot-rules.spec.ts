import { declareSlot, slotRules, writeLabel, writeLimits } from './slot-rules';

const FILES = {
  'emails/welcome.mjml': `<mj-text>Hello</mj-text>
<!-- <tc-slot name="old" max-chars="9">gone</tc-slot> -->
<tc-slot name="offer" label="Your offer > all" max-chars="200" format="inline">Ask <b>us</b>.</tc-slot>
<tc-slot name='intro' required="true">Hi</tc-slot>`,
  'emails/proof.mjml': `<tc-slot name="offer" max-chars="200" max-lines="4">Ask us.</tc-slot>`,
  'campaign.yaml': `# slots of pictures
slots:
  headline: { label: { en: Headline, de: Überschrift }, maxChars: 70, maxLines: 3 } # short
`,
};

describe('the slots of a campaign', () => {
  it('have their label from the catalogue if it is a key', () => {
    const files = {
      'emails/a.mjml': '<tc-slot name="offer" label="{{t "slots.offer"}}" max-chars="99">x</tc-slot>',
      'campaign.yaml': 'slots:\n  headline: { label: slots.headline, maxChars: 70 }\n',
      'locales/en.yaml': 'slots: { offer: Your offer, headline: Your headline }\n',
    };
    expect(slotRules(files).map(({ label, maxChars }) => [label, maxChars])).toEqual([
      ['Your offer', 99],
      ['Your headline', 70],
    ]);
  });

  it('are declared in templates and campaign.yaml, and listed once each', () => {
    expect(slotRules(FILES)).toEqual([
      {
        name: 'offer',
        label: 'Your offer > all',
        labels: null,
        maxChars: 200,
        maxLines: 6,
        required: false,
        files: ['emails/welcome.mjml', 'emails/proof.mjml'],
      },
      {
        name: 'intro',
        label: 'intro',
        labels: null,
        maxChars: 280,
        maxLines: 6,
        required: true,
        files: ['emails/welcome.mjml'],
      },
      {
        name: 'headline',
        label: 'Headline',
        labels: { en: 'Headline', de: 'Überschrift' },
        maxChars: 70,
        maxLines: 3,
        required: false,
        files: ['campaign.yaml'],
      },
    ]);
  });

  it('get a description when drawn, and a label in each language', () => {
    const described = declareSlot(FILES['campaign.yaml'], 'your-offer', ['en', 'de']);
    const worded = writeLabel(described, 'your-offer', 'de', 'Ihr Angebot');
    expect(slotRules({ 'campaign.yaml': worded })[1]).toMatchObject({
      name: 'your-offer',
      labels: { en: 'Your offer', de: 'Ihr Angebot' },
      maxChars: 120,
    });
    expect(worded).toContain('# slots of pictures');
  });

  it('get other limits in every declaration, without other changes', () => {
    const [offer, intro, headline] = slotRules(FILES);
    const limits = { maxChars: 150, maxLines: 2, required: false };
    const changed = writeLimits(FILES, offer!, limits);
    expect(Object.keys(changed)).toEqual(['emails/welcome.mjml', 'emails/proof.mjml']);
    expect(changed['emails/welcome.mjml']).toBe(
      FILES['emails/welcome.mjml'].replace(
        'max-chars="200" format="inline">',
        'max-chars="150" format="inline" max-lines="2">',
      ),
    );
    expect(changed['emails/proof.mjml']).toContain('max-chars="150" max-lines="2">Ask us.');
    expect(writeLimits(FILES, intro!, limits)['emails/welcome.mjml']).toContain('required="false" max-chars="150"');
    const yaml = writeLimits(FILES, headline!, { ...limits, required: true })['campaign.yaml'];
    expect(yaml).toContain('# slots of pictures');
    expect(yaml).toContain('# short');
    expect(slotRules({ 'campaign.yaml': yaml! })[0]).toMatchObject({ maxChars: 150, maxLines: 2, required: true });
  });
});
