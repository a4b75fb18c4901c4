import { ZipFile } from 'yazl';

/** `campaign.yaml` of a small valid campaign. */
export const CAMPAIGN_YAML = `format: throughline/campaign@1
name: zero-trust-edge
title: { en: Zero trust at the edge, de: Zero Trust am Netzrand }
summary: { en: Stop breaches where they start., de: Angriffe stoppen wo sie beginnen. }
theme: security
locales: [en, de]
brand:
  defaults: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' }
links:
  demo: { target: 'https://www.northwind.example/edge/demo', tracked: true }
  offer: { partner: true, label: { en: Your offer page, de: Ihre Angebotsseite } }
locks: [legal, footer]
emails:
  welcome: { source: emails/welcome.mjml, subject: welcome.subject, preheader: welcome.preheader }
sequence:
  window: { from: '09:00', to: '17:00', weekdays: [mon, tue, wed, thu, fri] }
  steps:
    - { key: welcome, email: welcome }
`;

const MASTER = `<mjml>
  <mj-head>
    <mj-title>{{t "welcome.title"}}</mj-title>
  </mj-head>
  <mj-body background-color="#ffffff">
    <mj-section>
      <mj-column>
        <tc-partner-logo width="180px" height="60px" align="left" surface="light" />
        <mj-text font-size="24px"><h1>{{t "welcome.title"}}</h1></mj-text>
        <mj-text>{{t "welcome.body"}}</mj-text>
        <tc-slot name="offer" label="Your offer" max-chars="200" max-lines="4" format="inline" links="partner">{{t "offer.default"}}</tc-slot>
        <mj-button background-color="{{brand.primary}}" color="{{brand.onPrimary}}" href="{{links.demo}}">{{t "welcome.button"}}</mj-button>
        <mj-button background-color="{{brand.primary}}" color="{{brand.onPrimary}}" href="{{links.offer}}">{{t "offer.button"}}</mj-button>
      </mj-column>
    </mj-section>
    <tc-lock name="legal">
      <mj-section><mj-column><mj-text>{{t "legal"}}</mj-text></mj-column></mj-section>
    </tc-lock>
    <tc-lock name="footer">
      <mj-section>
        <mj-column>
          <mj-text>{{partner.legalName}}, {{partner.address}}<br /><a href="{{links.unsubscribe}}">{{t "unsubscribe"}}</a></mj-text>
        </mj-column>
      </mj-section>
    </tc-lock>
  </mj-body>
</mjml>
`;

const ENGLISH = `welcome:
  subject: Stop breaches at the edge
  preheader: What attackers do in their first hour, and how to end it in four minutes at the edge.
  title: Stop breaches at the edge
  body: Attackers need an hour to move from the first host to the second.
  button: See it in 15 minutes
offer: { default: Ask us for a free assessment., button: Claim the offer }
legal: Northwind is a registered trademark of Northwind Systems Ltd.
unsubscribe: Unsubscribe
`;
const GERMAN = `welcome:
  subject: Angriffe am Netzrand stoppen
  preheader: Was Angreifer in der ersten Stunde tun, und wie es am Netzrand nach vier Minuten endet.
  title: Angriffe am Netzrand stoppen
  body: Angreifer brauchen eine Stunde vom ersten zum zweiten Rechner.
  button: In 15 Minuten ansehen
offer: { default: Fragen Sie uns nach einer kostenlosen Analyse., button: Zum Angebot }
legal: Northwind ist eine eingetragene Marke der Northwind Systems Ltd.
unsubscribe: Abmelden
`;

/**
 * The files of a small valid campaign. A change replaces a file; null removes
 * it.
 */
export function campaignFiles(changes: Readonly<Record<string, string | Buffer | null>> = {}): Map<string, Buffer> {
  const files = new Map<string, Buffer>(
    Object.entries({
      'campaign.yaml': CAMPAIGN_YAML,
      'emails/welcome.mjml': MASTER,
      'locales/en.yaml': ENGLISH,
      'locales/de.yaml': GERMAN,
    }).map(([path, text]) => [path, Buffer.from(text)]),
  );
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(path);
    else files.set(path, Buffer.from(content));
  }
  return files;
}

/**
 * A zip as usual tools write it. `mode` is for entries that are not plain
 * files.
 */
export async function zipOf(files: ReadonlyMap<string, Buffer>, mode?: number): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, bytes] of files) zip.addBuffer(bytes, path, mode === undefined ? {} : { mode });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * A zip with changed entry names of the same length, which no usual tool
 * writes.
 */
export function renamedInZip(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('A name in a finished zip can only be replaced by one of its length.');
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}
