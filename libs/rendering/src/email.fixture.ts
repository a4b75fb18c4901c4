import { parseLocale } from '#kernel';
import type { PartnerValues } from './bake.js';
import type { MasterInput } from './compile.js';
import type { RecipientValues } from './personalise.js';
import type { UrlPolicy } from './values.js';

export const POLICY: UrlPolicy = {
  publicOrigin: 'https://go.northwind.example',
  partnerHosts: ['brightwater.example'],
};

const SOURCE = `<mjml>
  <mj-head>
    <mj-attributes><mj-text font-size="16px" color="#1f2937" /></mj-attributes>
    <mj-style>.fine a { color: #4b5563; }</mj-style>
  </mj-head>
  <mj-body>
    <mj-section background-color="#ffffff">
      <mj-column width="50%"><mj-image src="images/logo.png" alt="Northwind" width="150px" /></mj-column>
      <mj-column width="50%"><tc-partner-logo width="180px" height="60px" surface="light" /></mj-column>
    </mj-section>
    <mj-section background-color="{{brand.primary}}" background-url="images/hero.jpg" background-size="cover" background-repeat="no-repeat">
      <mj-column>
        <mj-text color="{{brand.onPrimary}}">{{t "hello"}} {{fallback recipient.firstName (t "there")}}</mj-text>
        <mj-button background-color="{{brand.primary}}" color="{{brand.onPrimary}}" href="{{links.demo}}">{{t "cta"}}</mj-button>
      </mj-column>
    </mj-section>
    <tc-when industry="finance|insurance"><mj-section><mj-column><mj-text>For banks only</mj-text></mj-column></mj-section></tc-when>
    <mj-section><mj-column>
      <mj-text>{{#when country="DE"}}Guten Tag{{else}}Good day{{/when}} from {{partner.name}}</mj-text>
      <tc-slot name="offer" label="Your offer" max-chars="200" format="inline" links="partner">Ask us for a <b>free</b> assessment.</tc-slot>
    </mj-column></mj-section>
    <tc-lock name="legal"><mj-section><mj-column><mj-text css-class="fine">{{t "legal"}}</mj-text></mj-column></mj-section></tc-lock>
    <tc-lock name="footer"><mj-section><mj-column><mj-text css-class="fine">{{recipient.email}} · {{partner.legalName}}, {{partner.address}} <a href="{{links.unsubscribe}}">Unsubscribe</a></mj-text></mj-column></mj-section></tc-lock>
  </mj-body>
</mjml>
`;

/** A small complete e-mail. Each test changes what it tests. */
export function anEmail(changes: Partial<MasterInput> = {}): MasterInput {
  return {
    kind: 'email',
    file: 'emails/welcome.mjml',
    source: SOURCE,
    locale:
      parseLocale('en') ??
      (() => {
        throw new Error('en');
      })(),
    catalogueFile: 'locales/en.yaml',
    catalogue: {
      hello: 'Hello',
      there: 'there',
      cta: 'See it',
      legal: 'Northwind & partners: figures <b>measured</b> in our laboratory.',
    },
    links: ['demo'],
    images: ['images/logo.png', 'images/hero.jpg'],
    requiredLocks: ['legal', 'footer'],
    subject: 'A word for {{fallback recipient.company "your company"}}',
    preheader: 'From {{partner.name}}',
    form: null,
    ...changes,
  };
}

export const withSource = (change: (source: string) => string): MasterInput => anEmail({ source: change(SOURCE) });

export function partnerValues(changes: Partial<PartnerValues> = {}): PartnerValues {
  return {
    brand: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
    partner: {
      name: 'Brightwater & Sons',
      legalName: 'Brightwater IT Ltd',
      address: '1 High Street, Leeds LS1 1AA',
      website: 'https://www.brightwater.example',
      contact: {
        name: "Ann O'Neil",
        title: 'Consultant',
        phone: '+44 (0)113 496 0000',
        email: 'ann@brightwater.example',
      },
    },
    logos: {
      'light.w180h60': 'https://go.northwind.example/b/aa.png',
      'light.w180h60.right': 'https://go.northwind.example/b/ab.png',
      'brand.w160h50': 'https://go.northwind.example/b/bb.png',
    },
    assets: {
      'images/logo.png': 'https://go.northwind.example/b/cc.png',
      'images/hero.jpg': 'https://go.northwind.example/b/dd.jpg',
    },
    slots: {},
    formAction: 'https://go.northwind.example/p/x/form',
    ...changes,
  };
}

export function aRecipient(changes: Partial<RecipientValues> = {}): RecipientValues {
  return {
    firstName: 'Jörg',
    lastName: 'Müller',
    company: 'Müller & Söhne',
    email: 'joerg@customer.example',
    industry: 'finance',
    persona: null,
    stage: null,
    segment: null,
    country: 'DE',
    links: {
      demo: 'https://go.northwind.example/l/abc',
      decoy: 'https://go.northwind.example/l/decoy',
      unsubscribe: 'https://go.northwind.example/u/abc',
      privacy: 'https://go.northwind.example/p/x/privacy',
      imprint: 'https://go.northwind.example/p/x/imprint',
    },
    ...changes,
  };
}
